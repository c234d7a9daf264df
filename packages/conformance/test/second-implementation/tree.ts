/** The state tree, built whole from its entries: protocol.md §10. */
import { compareAscii, concat, fromHex, refuse, toHex, u16, u64, u8, varint } from './bytes.ts'
import { H } from './hash.ts'

export interface Entry {
  /** In hexadecimal: a digit is a nibble. */
  readonly key: string
  readonly row: Uint8Array
}

export const entry = (key: Uint8Array, row: Uint8Array): Entry => ({ key: toHex(key), row })

export function treeRoot(entries: readonly Entry[]): Uint8Array {
  const sorted = entries.toSorted((a, b) => compareAscii(a.key, b.key))
  for (const [i, { key }] of sorted.entries()) {
    if (key.length < 2 || key.length > 510) refuse('length of a key')
    if (sorted[i + 1]?.key.startsWith(key) === true) refuse('a key that begins another')
  }
  return sorted.length === 0 ? new Uint8Array(32) : nodeDigest(sorted)
}

export const stateRoot = (schemaDigest: Uint8Array, root: Uint8Array): Uint8Array => H('foldb/state/v1', schemaDigest, root)

function sharedNibbles(sorted: readonly Entry[]): string {
  const first = sorted[0]?.key ?? ''
  const last = sorted.at(-1)?.key ?? ''
  let length = 0
  while (length < first.length && first[length] === last[length]) length++
  return first.slice(0, length)
}

function nodeDigest(sorted: readonly Entry[]): Uint8Array {
  return sorted.length <= 16 ? H('foldb/tree-leaf/v1', leaf(sorted)) : H('foldb/tree-branch/v1', branch(sorted))
}

function leaf(sorted: readonly Entry[]): Uint8Array {
  const nibbles = sharedNibbles(sorted)
  const shared = fromHex(nibbles.slice(0, nibbles.length - (nibbles.length % 2)))
  return concat(
    u8(0),
    u8(sorted.length),
    u8(shared.length),
    shared,
    ...sorted.map(({ key, row }) => leafEntry(fromHex(key).slice(shared.length), row)),
  )
}

function leafEntry(suffix: Uint8Array, row: Uint8Array): Uint8Array {
  const stored = row.length > 255 ? H('foldb/value/v1', row) : row
  return concat(varint(BigInt(suffix.length)), suffix, varint(BigInt(row.length)), stored)
}

function branch(sorted: readonly Entry[]): Uint8Array {
  const nibbles = sharedNibbles(sorted)
  const children = Array.from({ length: 16 }, (_, nibble) => {
    const below = sorted.filter(({ key }) => key[nibbles.length] === nibble.toString(16))
    return below.length === 0 ? undefined : nodeDigest(below)
  })
  const mask = children.reduce((sum, child, nibble) => (child === undefined ? sum : sum + 2 ** nibble), 0)
  const length = sorted.reduce((sum, { key, row }) => sum + key.length / 2 + row.length, 0)
  const groups = [0, 4, 8, 12].flatMap((from) => {
    const members = children.slice(from, from + 4).filter((child) => child !== undefined)
    return members.length === 0 ? [] : [H('foldb/tree-group/v1', ...members)]
  })
  const prefix = fromHex(nibbles.length % 2 === 0 ? nibbles : `${nibbles}0`)
  return concat(u8(1), u16(nibbles.length), prefix, u16(mask), u64(sorted.length), u64(length), ...groups)
}
