/** The tree and the mountain ranges again, as plainly as the protocol says them, over hexadecimal texts and Node's own hash. */
import { createHash } from 'node:crypto'

const sha = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest()

/** H(tag, message), both as hexadecimal texts but the tag. */
export function naiveHash(tag: string, message: string): string {
  const name = sha(Buffer.from(tag, 'ascii'))
  return sha(Buffer.concat([name, name, Buffer.from(message, 'hex')])).toString('hex')
}

function uint(value: number, bytes: number): string {
  return value.toString(16).padStart(2 * bytes, '0')
}

function varint(value: number): string {
  return value < 128 ? uint(value, 1) : uint((value % 128) + 128, 1) + varint(Math.floor(value / 128))
}

/** Longest beginning that all texts share. */
function common(texts: readonly string[]): string {
  let length = 0
  while (texts.every((text) => text.length > length && text[length] === texts[0]![length])) length++
  return texts[0]!.slice(0, length)
}

/** Hexadecimal keys to hexadecimal rows. */
export type NaiveEntries = ReadonlyMap<string, string>

function leaf(keys: readonly string[], entries: NaiveEntries): string {
  const nibbles = common(keys)
  const shared = nibbles.slice(0, nibbles.length - (nibbles.length % 2))
  let bytes = `00${uint(keys.length, 1)}${uint(shared.length / 2, 1)}${shared}`
  for (const key of keys) {
    const row = entries.get(key)!
    const suffix = key.slice(shared.length)
    bytes += varint(suffix.length / 2) + suffix + varint(row.length / 2)
    bytes += row.length / 2 > 255 ? naiveHash('foldb/value/v1', row) : row
  }
  return naiveHash('foldb/tree-leaf/v1', bytes)
}

function node(keys: readonly string[], entries: NaiveEntries): string {
  if (keys.length <= 16) return leaf(keys, entries)
  const prefix = common(keys)
  let mask = 0
  let groups = ''
  for (const quarter of ['0123', '4567', '89ab', 'cdef']) {
    let digests = ''
    for (const nibble of quarter) {
      const below = keys.filter((key) => key[prefix.length] === nibble)
      if (below.length === 0) continue
      mask += 2 ** Number.parseInt(nibble, 16)
      digests += node(below, entries)
    }
    if (digests !== '') groups += naiveHash('foldb/tree-group/v1', digests)
  }
  const bytes = keys.reduce((sum, key) => sum + (key.length + entries.get(key)!.length) / 2, 0)
  const packed = prefix.length % 2 === 0 ? prefix : `${prefix}0`
  return naiveHash(
    'foldb/tree-branch/v1',
    `01${uint(prefix.length, 2)}${packed}${uint(mask, 2)}${uint(keys.length, 8)}${uint(bytes, 8)}${groups}`,
  )
}

export function naiveTreeRoot(entries: NaiveEntries): string {
  const keys = [...entries.keys()].toSorted((a, b) => (a < b ? -1 : 1))
  return keys.length === 0 ? '00'.repeat(32) : node(keys, entries)
}

/** Root of a list of hexadecimal items; `list` is log or receipt, `item` message or receipt. */
export function naiveMmrRoot(list: string, item: string, items: readonly string[]): string {
  const top = (part: readonly string[]): string => {
    if (part.length === 1) return naiveHash(`foldb/${item}/v1`, part[0]!)
    return naiveHash(`foldb/${list}-node/v1`, top(part.slice(0, part.length / 2)) + top(part.slice(part.length / 2)))
  }
  let peaks = ''
  for (let at = 0; at < items.length;) {
    let size = 1
    while (at + 2 * size <= items.length) size *= 2
    peaks += top(items.slice(at, at + size))
    at += size
  }
  return naiveHash(`foldb/${list}-root/v1`, uint(items.length, 8) + peaks)
}
