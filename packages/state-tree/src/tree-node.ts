/** Bytes and digests of the two kinds of tree nodes. protocol.md §10. */
import type { Digest } from '@foldb/abi'
import { ByteWriter } from './byte-writer.ts'
import { taggedHash } from './tagged-hash.ts'

/** One key and what lies under it; an entry of a secondary index has an empty row. */
export interface TreeEntry {
  readonly key: Uint8Array
  readonly row: Uint8Array
}

/** Most keys in a leaf. */
export const LEAF_KEYS_MAX = 16
/** Longest row that lies in a leaf itself; of a longer one its digest does. */
export const INLINE_ROW_BYTES_MAX = 255

const LEAF = 0x00
const BRANCH = 0x01

const leafDigest = taggedHash('foldb/tree-leaf/v1')
const branchDigest = taggedHash('foldb/tree-branch/v1')
const groupDigest = taggedHash('foldb/tree-group/v1')
const valueDigest = taggedHash('foldb/value/v1')

const writer = new ByteWriter()

/** The nibble at `depth`: the high half of a byte is the even one. */
export function nibbleAt(key: Uint8Array, depth: number): number {
  const byte = key[depth >> 1]!
  return (depth & 1) === 0 ? byte >> 4 : byte & 0x0f
}

/** How many leading bytes two keys share. */
function sharedBytes(a: Uint8Array, b: Uint8Array): number {
  const shorter = Math.min(a.length, b.length)
  let at = 0
  while (at < shorter && a[at] === b[at]) at++
  return at
}

/** How many leading nibbles two different keys share. */
export function sharedNibbles(a: Uint8Array, b: Uint8Array): number {
  const bytes = sharedBytes(a, b)
  return 2 * bytes + (a[bytes]! >> 4 === b[bytes]! >> 4 ? 1 : 0)
}

/** The leaf of the sorted entries `low` … `high`−1. */
export function encodeLeaf(entries: readonly TreeEntry[], low: number, high: number): Uint8Array {
  const first = entries[low]!.key
  const shared = sharedBytes(first, entries[high - 1]!.key)
  writer.clear()
  writer.byte(LEAF)
  writer.byte(high - low)
  writer.byte(shared)
  writer.raw(first.subarray(0, shared))
  for (let i = low; i < high; i++) {
    const { key, row } = entries[i]!
    writer.sized(key.subarray(shared))
    writer.varint(row.length)
    writer.raw(row.length > INLINE_ROW_BYTES_MAX ? valueDigest(row) : row)
  }
  return writer.take()
}

export function digestLeaf(entries: readonly TreeEntry[], low: number, high: number): Digest {
  return leafDigest(encodeLeaf(entries, low, high))
}

/** A branch: where its keys part, and the digest of its child under each nibble. */
export interface Branch {
  /** Some key below it. */
  readonly key: Uint8Array
  /** Length of the prefix that all keys below it share, in nibbles. */
  readonly depth: number
  readonly children: readonly (Digest | undefined)[]
  /** Entries below it. */
  readonly count: number
  /** Sum of key bytes and true row bytes below it. */
  readonly bytes: number
}

export function encodeBranch({ key, depth, children, count, bytes }: Branch): Uint8Array {
  const groups: Digest[] = []
  for (let quarter = 0; quarter < 16; quarter += 4) {
    const digests = children.slice(quarter, quarter + 4).filter((digest) => digest !== undefined)
    if (digests.length > 0) groups.push(groupDigest(concatenate(digests)))
  }
  writer.clear()
  writer.byte(BRANCH)
  writer.uint16(depth)
  writer.raw(key.subarray(0, depth >> 1))
  if ((depth & 1) === 1) writer.byte(key[depth >> 1]! & 0xf0)
  writer.uint16(children.reduce((mask, digest, nibble) => (digest === undefined ? mask : mask | (1 << nibble)), 0))
  writer.int64(count)
  writer.int64(bytes)
  for (const group of groups) writer.raw(group)
  return writer.take()
}

export function digestBranch(branch: Branch): Digest {
  return branchDigest(encodeBranch(branch))
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
