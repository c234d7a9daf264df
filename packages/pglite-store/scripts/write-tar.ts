/** A ustar archive without times or owners: the same files give the same bytes. */

const BLOCK = 512
const encoder = new TextEncoder()

/** Files by path in the order given; null is a directory. */
export function writeTar(files: ReadonlyMap<string, Uint8Array | null>): Uint8Array {
  const blocks: Uint8Array[] = []
  for (const [path, content] of files) {
    blocks.push(header(path, content))
    if (content === null) continue
    blocks.push(content, new Uint8Array((BLOCK - (content.length % BLOCK)) % BLOCK))
  }
  blocks.push(new Uint8Array(2 * BLOCK))
  const archive = new Uint8Array(blocks.reduce((sum, block) => sum + block.length, 0))
  let offset = 0
  for (const block of blocks) {
    archive.set(block, offset)
    offset += block.length
  }
  return archive
}

function header(path: string, content: Uint8Array | null): Uint8Array {
  const block = new Uint8Array(BLOCK)
  const put = (text: string, at: number): void => void encoder.encodeInto(text, block.subarray(at))
  if (encoder.encode(path).length > 99) throw new Error(`expected a path of at most 99 bytes, got ${path}`)
  put(path, 0)
  put(content === null ? '0000700' : '0000600', 100)
  put('0000000', 108)
  put('0000000', 116)
  put((content?.length ?? 0).toString(8).padStart(11, '0'), 124)
  // One second: readers take 0 for "no time" and would put today's.
  put('00000000001', 136)
  put('        ', 148)
  put(content === null ? '5' : '0', 156)
  put('ustar\0' + '00', 257)
  const sum = block.reduce((total, byte) => total + byte, 0)
  put(sum.toString(8).padStart(6, '0') + '\0 ', 148)
  return block
}
