/** Writes vectors/tree.json and invalid/tree.json: node --conditions=@foldb/source packages/conformance/scripts/tree.ts */
import { encodeKey, stateRoot, treeRoot, type TreeEntry } from '@foldb/state-tree'
import { filled, hex, unhex, writeVectors } from './vector-file.ts'

const entry = (key: string, row = ''): TreeEntry => ({ key: unhex(key), row: unhex(row) })
const numbered = (count: number, step = 1): TreeEntry[] =>
  Array.from({ length: count }, (_, i) => ({ key: encodeKey(0, 0, ['integer'], [i * step]), row: new Uint8Array() }))

/** Keys that part at every nibble: each branch has one entry and the rest. */
function comb(bytes: number, count: number): TreeEntry[] {
  return Array.from({ length: count }, (_, depth) => {
    const key = new Uint8Array(bytes)
    key[depth >> 1] = depth % 2 === 0 ? 0x10 : 0x01
    return { key, row: Uint8Array.of(depth & 0xff) }
  })
}

const cases: readonly (readonly [string, readonly TreeEntry[]])[] = [
  ['no entries', []],
  ['one entry', [entry('0000000001', '00')]],
  ['one key of 255 bytes', [entry('ab'.repeat(255), '00')]],
  [
    'the example of one leaf',
    [entry('00000000018000000000000005', '02036f726304312e353002'), entry('00000001016f72630000018000000000000005')],
  ],
  ['two keys that share half a byte', [entry('0012', '01'), entry('001f', '02')]],
  ['two keys that share nothing', [entry('00', '01'), entry('ff', '02')]],
  [
    'suffixes of 127 and 128 bytes',
    [entry(`00${'11'.repeat(126)}`, '01'), entry(`01${'22'.repeat(127)}`, '02'), entry(`02${'33'.repeat(128)}`, '03')],
  ],
  [
    'rows of 127, 128, 255 and 256 bytes',
    [127, 128, 255, 256].map((length, i) => ({ key: Uint8Array.of(i), row: new Uint8Array(length).fill(7) })),
  ],
  ['the example of a long row', [entry('0102', '00'.repeat(256))]],
  ['a row of 20000 bytes', [entry('0102', 'a5'.repeat(20_000))]],
  ['sixteen entries', numbered(16)],
  ['the example of a branch: seventeen entries', numbered(17)],
  ['all quarters', Array.from({ length: 64 }, (_, i) => entry(((i * 4) & 0xff).toString(16).padStart(2, '0'), '00'))],
  [
    'two quarters, the outer ones',
    Array.from({ length: 20 }, (_, i) => entry(`${i % 2 === 0 ? '0' : 'f'}${i.toString(16).padStart(3, '0')}`, '00')),
  ],
  [
    'a branch at an odd number of nibbles',
    Array.from({ length: 18 }, (_, i) => entry(`00a${(i % 3) + 4}${i.toString(16).padStart(2, '0')}`, 'ff')),
  ],
  ['a branch at no nibble', Array.from({ length: 17 }, (_, i) => entry(`${(i % 16).toString(16)}${i.toString(16).padStart(3, '0')}`))],
  ['branches below branches', numbered(300, 37)],
  [
    'long rows count with their true length',
    Array.from({ length: 17 }, (_, i) => ({ key: Uint8Array.of(i), row: new Uint8Array(240 + i).fill(i) })),
  ],
  ['a comb of 60 keys', comb(30, 60)],
]

const schemaDigest = filled(1)

writeVectors(
  'tree',
  'Entries in any order, the tree root, and the state root with a schema digest of 32 bytes 01: protocol §10. Entries are [key, row].',
  cases.map(([name, entries]) => {
    const root = treeRoot(entries)
    return {
      name,
      entries: entries.map(({ key, row }) => [hex(key), hex(row)]),
      treeRoot: hex(root),
      stateRoot: hex(stateRoot(schemaDigest, root)),
    }
  }),
)

const refused: readonly (readonly [string, readonly TreeEntry[]])[] = [
  ['an empty key', [entry('')]],
  ['a key of 256 bytes', [entry('00'.repeat(256))]],
  ['one key twice', [entry('01', '01'), entry('01', '01')]],
  ['one key twice with two rows, apart', [entry('01', '01'), entry('02'), entry('01', '02')]],
  ['a key that begins another', [entry('0102'), entry('01')]],
  [
    'a key that begins another, among twenty',
    [...Array.from({ length: 20 }, (_, i) => entry(`01${i.toString(16).padStart(2, '0')}`)), entry('01')],
  ],
]

writeVectors(
  'invalid/tree',
  'Entries that no state has: protocol §10. Entries are [key, row].',
  refused.map(([name, entries]) => ({ name, entries: entries.map(({ key, row }) => [hex(key), hex(row)]) })),
)
