/** Glue as one file: a digest of the rest, the length of a header, the header in JSON, then the script and the modules. */
import { equalBytes } from '@foldb/abi'
import { sha256 } from '@foldb/state-tree'
import type { Linked } from './generate.ts'

const DIGEST = 32
const FIXED = DIGEST + 4

interface Header {
  readonly script: number
  readonly modules: readonly (readonly [name: string, length: number])[]
}

export function encodeGlue({ script, modules }: Linked): Uint8Array {
  const encoder = new TextEncoder()
  const text = encoder.encode(script)
  const header: Header = { script: text.length, modules: [...modules].map(([name, bytes]) => [name, bytes.length]) }
  const head = encoder.encode(JSON.stringify(header))
  const parts = [head, text, ...modules.values()]
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, FIXED))
  new DataView(out.buffer).setUint32(DIGEST, head.length)
  let at = FIXED
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  out.set(sha256(out.subarray(DIGEST)))
  return out
}

/** What was encoded, or undefined when a byte of it has changed. */
export function decodeGlue(file: Uint8Array): Linked | undefined {
  // A Node Buffer's own slice would give views into a shared pool.
  const bytes = new Uint8Array(file.buffer, file.byteOffset, file.length)
  if (bytes.length < FIXED || !equalBytes(sha256(bytes.subarray(DIGEST)), bytes.subarray(0, DIGEST))) return undefined
  const head = new DataView(bytes.buffer, bytes.byteOffset).getUint32(DIGEST)
  const decoder = new TextDecoder()
  const header = JSON.parse(decoder.decode(bytes.subarray(FIXED, FIXED + head))) as Header
  let at = FIXED + head
  const take = (length: number): Uint8Array => bytes.slice(at, (at += length))
  const script = decoder.decode(take(header.script))
  return { script, modules: new Map(header.modules.map(([name, length]) => [name, take(length)])) }
}
