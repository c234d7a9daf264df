/** The root of the state tree, rebuilt from all entries: the shape depends on the set of keys alone. protocol.md §10. */
import { type Digest, DIGEST_BYTES, FoldbError } from '@foldb/abi'
import { compareBytes } from './compare-bytes.ts'
import { type Branch, digestBranch, digestLeaf, LEAF_KEYS_MAX, nibbleAt, sharedNibbles, type TreeEntry } from './tree-node.ts'

export type { TreeEntry } from './tree-node.ts'

/** Longest key, in bytes. */
export const TREE_KEY_BYTES_MAX = 255

/** A branch whose children are being collected: entries from `next` on are not yet below a child. */
interface OpenBranch extends Branch {
  readonly children: (Digest | undefined)[]
  readonly high: number
  next: number
}

/**
 * The digest of the root node, 32 zero bytes for no entries. Entries may come in any order.
 * @throws FoldbError `bad-tree-key` for a key that is empty, longer than 255 bytes, given twice, or the beginning of another.
 *
 * @example
 * treeRoot([{ key: encodeKey(0, 0, ['integer'], [5]), row: encodeRow(table, [5, 'orc']) }])
 */
export function treeRoot(entries: readonly TreeEntry[]): Digest {
  const sorted = entries.toSorted((a, b) => compareBytes(a.key, b.key))
  checkKeys(sorted)
  if (sorted.length === 0) return new Uint8Array(DIGEST_BYTES)
  if (sorted.length <= LEAF_KEYS_MAX) return digestLeaf(sorted, 0, sorted.length)
  return digestBranches(sorted)
}

/** Depth first, with a stack of its own: keys decide the depth. */
function digestBranches(sorted: readonly TreeEntry[]): Digest {
  const open = [openBranch(sorted, 0, sorted.length)]
  for (;;) {
    const branch = open.at(-1)!
    if (branch.next === branch.high) {
      open.pop()
      const digest = digestBranch(branch)
      const parent = open.at(-1)
      if (parent === undefined) return digest
      parent.children[nibbleAt(branch.key, parent.depth)] = digest
      continue
    }
    const low = branch.next
    const nibble = nibbleAt(sorted[low]!.key, branch.depth)
    branch.next = endOfChild(sorted, branch, nibble)
    if (branch.next - low > LEAF_KEYS_MAX) open.push(openBranch(sorted, low, branch.next))
    else branch.children[nibble] = digestLeaf(sorted, low, branch.next)
  }
}

function openBranch(sorted: readonly TreeEntry[], low: number, high: number): OpenBranch {
  const key = sorted[low]!.key
  let bytes = 0
  for (let i = low; i < high; i++) bytes += sorted[i]!.key.length + sorted[i]!.row.length
  const children = Array.from<Digest | undefined>({ length: 16 })
  return { key, depth: sharedNibbles(key, sorted[high - 1]!.key), children, count: high - low, bytes, next: low, high }
}

/** The first entry from `next` on that has another nibble where the branch parts. */
function endOfChild(sorted: readonly TreeEntry[], branch: OpenBranch, nibble: number): number {
  let end = branch.next + 1
  while (end < branch.high && nibbleAt(sorted[end]!.key, branch.depth) === nibble) end++
  return end
}

function checkKeys(sorted: readonly TreeEntry[]): void {
  let previous: Uint8Array | undefined
  for (const { key } of sorted) {
    if (key.length === 0 || key.length > TREE_KEY_BYTES_MAX) {
      throw new FoldbError('bad-tree-key', `expected a key of 1 to ${TREE_KEY_BYTES_MAX} bytes, got ${key.length}`)
    }
    if (previous !== undefined && startsWith(key, previous)) {
      throw new FoldbError('bad-tree-key', 'expected keys of which none is another or its beginning')
    }
    previous = key
  }
}

function startsWith(key: Uint8Array, prefix: Uint8Array): boolean {
  return key.length >= prefix.length && compareBytes(key.subarray(0, prefix.length), prefix) === 0
}
