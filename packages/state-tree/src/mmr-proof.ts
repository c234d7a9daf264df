/** Proofs that a list holds an item at an index: siblings from below, then the other peaks. protocol.md §11. */
import { type Digest, DIGEST_BYTES, equalBytes, FoldbError } from '@foldb/abi'
import { digestMmrLeaf, digestMmrNode, digestMmrRoot, type MmrKind } from './mmr.ts'

/** The heights of a list's mountains, highest first: the 1s of its binary size. */
function heightsOf(size: number): number[] {
  const heights: number[] = []
  for (let rest = size, height = 0; rest > 0; rest = Math.floor(rest / 2), height++) if (rest % 2 === 1) heights.unshift(height)
  return heights
}

/** Which mountain an index lies in, and where in it. */
function locate(size: number, index: number): { mountain: number; height: number; offset: number; mountains: number } {
  const heights = heightsOf(size)
  let offset = index
  for (const [mountain, height] of heights.entries()) {
    if (offset < 2 ** height) return { mountain, height, offset, mountains: heights.length }
    offset -= 2 ** height
  }
  throw new FoldbError('bad-index', `expected an index below ${size}, got ${index}`)
}

/**
 * The proof for the item at `index` (from 0) of a list given by all its leaf digests. Takes time in the length of the list.
 * @throws FoldbError `bad-index` for an index outside the list.
 */
export function proveLeaf(kind: MmrKind, leaves: readonly Digest[], index: number): Digest[] {
  if (!Number.isSafeInteger(index) || index < 0) throw new FoldbError('bad-index', `expected a whole number from 0, got ${index}`)
  const { mountain, offset } = locate(leaves.length, index)
  const siblings: Digest[] = []
  const otherPeaks: Digest[] = []
  let start = 0
  for (const [i, height] of heightsOf(leaves.length).entries()) {
    let level = leaves.slice(start, start + 2 ** height)
    start += level.length
    for (let place = offset; level.length > 1; place = Math.floor(place / 2)) {
      if (i === mountain) siblings.push(level[place % 2 === 0 ? place + 1 : place - 1]!)
      level = level.filter((_, at) => at % 2 === 0).map((left, at) => digestMmrNode(kind, left, level[2 * at + 1]!))
    }
    if (i !== mountain) otherPeaks.push(level[0]!)
  }
  return [...siblings, ...otherPeaks]
}

/**
 * Whether a list of `size` items with this root holds `bytes` at `index`. A proof of another shape is false, never an error.
 *
 * @example
 * verifyLeaf('log', { root, size: 3, index: 1, bytes: message, proof })
 */
export function verifyLeaf(
  kind: MmrKind,
  claim: {
    readonly root: Digest
    readonly size: number
    readonly index: number
    readonly bytes: Uint8Array
    readonly proof: readonly Digest[]
  },
): boolean {
  const { root, size, index, bytes, proof } = claim
  if (!Number.isSafeInteger(size) || !Number.isSafeInteger(index) || index < 0 || index >= size) return false
  const { mountain, height, offset, mountains } = locate(size, index)
  if (proof.length !== height + mountains - 1 || proof.some((digest) => digest.length !== DIGEST_BYTES)) return false
  let digest = digestMmrLeaf(kind, bytes)
  let place = offset
  for (const sibling of proof.slice(0, height)) {
    digest = place % 2 === 0 ? digestMmrNode(kind, digest, sibling) : digestMmrNode(kind, sibling, digest)
    place = Math.floor(place / 2)
  }
  const peaks = proof.slice(height)
  return equalBytes(digestMmrRoot(kind, size, peaks.toSpliced(mountain, 0, digest)), root)
}
