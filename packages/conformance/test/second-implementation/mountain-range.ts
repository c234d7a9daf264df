/** Merkle mountain ranges: protocol.md §11. */
import { equal, refuse, u64 } from './bytes.ts'
import { H } from './hash.ts'

export type Kind = 'log' | 'receipt'

const LEAF = { log: 'foldb/message/v1', receipt: 'foldb/receipt/v1' }
const node = (kind: Kind, left: Uint8Array, right: Uint8Array): Uint8Array => H(`foldb/${kind}-node/v1`, left, right)
const rootOf = (kind: Kind, size: number, tops: readonly Uint8Array[]): Uint8Array => H(`foldb/${kind}-root/v1`, u64(size), ...tops)

/** Sizes of the perfect trees, from the left. */
function treeSizes(size: number): number[] {
  if (size === 0) return []
  let first = 1
  while (first * 2 <= size) first *= 2
  return [first, ...treeSizes(size - first)]
}

function top(kind: Kind, items: readonly Uint8Array[]): Uint8Array {
  const [first] = items
  if (items.length === 1 && first !== undefined) return H(LEAF[kind], first)
  const half = items.length / 2
  return node(kind, top(kind, items.slice(0, half)), top(kind, items.slice(half)))
}

function trees(items: readonly Uint8Array[]): Uint8Array[][] {
  let start = 0
  return treeSizes(items.length).map((size) => {
    start += size
    return items.slice(start - size, start)
  })
}

export const peaks = (kind: Kind, items: readonly Uint8Array[]): Uint8Array[] => trees(items).map((tree) => top(kind, tree))
export const root = (kind: Kind, items: readonly Uint8Array[]): Uint8Array => rootOf(kind, items.length, peaks(kind, items))

export function prove(kind: Kind, items: readonly Uint8Array[], index: number): Uint8Array[] {
  let start = 0
  const own: Uint8Array[] = []
  const others: Uint8Array[] = []
  for (const tree of trees(items)) {
    if (index >= start && index < start + tree.length) own.push(...siblings(kind, tree, index - start))
    else others.push(top(kind, tree))
    start += tree.length
  }
  return [...own, ...others]
}

/** Siblings on the way up, lowest first. */
function siblings(kind: Kind, tree: readonly Uint8Array[], index: number): Uint8Array[] {
  if (tree.length === 1) return []
  const half = tree.length / 2
  const [left, right] = [tree.slice(0, half), tree.slice(half)]
  return index < half ? [...siblings(kind, left, index), top(kind, right)] : [...siblings(kind, right, index - half), top(kind, left)]
}

export interface Claim {
  readonly kind: Kind
  readonly root: Uint8Array
  readonly size: number
  readonly index: number
  readonly bytes: Uint8Array
  readonly proof: readonly Uint8Array[]
}

export function verify({ kind, root: claimed, size, index, bytes, proof }: Claim): void {
  if (!Number.isSafeInteger(size) || !Number.isSafeInteger(index) || index < 0 || index >= size) refuse('no such item')
  if (proof.some((digest) => digest.length !== 32)) refuse('no digest')
  const sizes = treeSizes(size)
  let which = 0
  let inside = index
  while (inside >= (sizes[which] ?? 0)) inside -= sizes[which++] ?? 0
  const levels = Math.log2(sizes[which] ?? 1)
  if (proof.length !== levels + sizes.length - 1) refuse('number of digests')
  let peak = H(LEAF[kind], bytes)
  for (const [level, sibling] of proof.slice(0, levels).entries()) {
    const isRight = Math.floor(inside / 2 ** level) % 2 === 0
    peak = isRight ? node(kind, peak, sibling) : node(kind, sibling, peak)
  }
  const others = proof.slice(levels)
  if (!equal(rootOf(kind, size, [...others.slice(0, which), peak, ...others.slice(which)]), claimed)) refuse('another root')
}
