/** Writes vectors/mmr.json and invalid/mmr.json: node --conditions=@foldb/source packages/conformance/scripts/mmr.ts */
import { digestMmrLeaf, Mmr, type MmrKind, proveLeaf } from '@foldb/state-tree'
import { filled, hex, writeVectors } from './vector-file.ts'

/** Item i is i bytes long, all of them i. */
const itemsOf = (size: number): Uint8Array[] => Array.from({ length: size }, (_, i) => new Uint8Array(i).fill(i))

function listOf(kind: MmrKind, items: readonly Uint8Array[]): { mmr: Mmr; leaves: Uint8Array[] } {
  const mmr = new Mmr(kind)
  for (const item of items) mmr.append(item)
  return { mmr, leaves: items.map((item) => digestMmrLeaf(kind, item)) }
}

interface ListCase {
  readonly name: string
  readonly kind: MmrKind
  readonly items: readonly string[]
  readonly peaks: readonly string[]
  readonly root: string
  readonly proofs: readonly (readonly string[])[]
}

function caseOf(name: string, kind: MmrKind, items: readonly Uint8Array[]): ListCase {
  const { mmr, leaves } = listOf(kind, items)
  const proofs = items.map((_, index) => proveLeaf(kind, leaves, index).map(hex))
  return { name, kind, items: items.map(hex), peaks: mmr.peaks().map(hex), root: hex(mmr.root()), proofs }
}

writeVectors('mmr', 'Items of a list, its peaks, its root and the proof for each item: protocol §11.', [
  caseOf(
    'the example',
    'log',
    [1, 2, 3].map((byte) => Uint8Array.of(byte)),
  ),
  ...[0, 1, 2, 3, 4, 5, 6, 7, 8, 11, 16, 31].map((size) => caseOf(`log of ${size}`, 'log', itemsOf(size))),
  ...[0, 1, 7].map((size) => caseOf(`receipt of ${size}`, 'receipt', itemsOf(size))),
])

const items = itemsOf(7)
const { mmr, leaves } = listOf('log', items)
const right = {
  kind: 'log',
  root: hex(mmr.root()),
  size: 7,
  index: 4,
  bytes: hex(items.at(4)),
  proof: proveLeaf('log', leaves, 4).map(hex),
}
const [sibling, first, last] = right.proof

const refused = [
  { name: 'another item', ...right, bytes: '00' },
  { name: 'another index', ...right, index: 5 },
  { name: 'an index in another tree', ...right, index: 6 },
  { name: 'an index past the end', ...right, index: 7 },
  { name: 'a negative index', ...right, index: -1 },
  { name: 'an index that is not whole', ...right, index: 4.5 },
  { name: 'another size', ...right, size: 6 },
  { name: 'a size that differs only beyond the peaks', ...right, size: 2 ** 32 + 7 },
  { name: 'a size beyond 2^53', ...right, size: 2 ** 60 },
  { name: 'a size of zero', ...right, size: 0, index: 0, proof: [] },
  { name: 'another root', ...right, root: hex(filled(1)) },
  { name: 'the tags of receipts', ...right, kind: 'receipt' },
  { name: 'peaks swapped', ...right, proof: [sibling, last, first] },
  { name: 'the sibling after the peaks', ...right, proof: [first, last, sibling] },
  { name: 'a digest too few', ...right, proof: [sibling, first] },
  { name: 'a digest too many', ...right, proof: [...right.proof, last] },
  { name: 'no proof', ...right, proof: [] },
  { name: 'a digest of 31 bytes', ...right, proof: [sibling, first, right.proof.at(2).slice(2)] },
]

writeVectors('invalid/mmr', 'Proofs that prove nothing: protocol §11. `size` and `index` may be any number.', refused)
