import { fromHex, toHex } from '@foldb/abi'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeKey, treeRoot, type TreeEntry } from '../src/index.ts'
import { naiveTreeRoot } from './naive.ts'
import { runs } from './runs.ts'

const row = fc.oneof(fc.uint8Array({ maxLength: 5 }), fc.uint8Array({ minLength: 250, maxLength: 260 }))

/** Keys that share long beginnings, of many lengths, none the beginning of another. */
const combKey = fc
  .array(fc.constantFrom(0, 0, 0, 1, 0x10, 0xff), { maxLength: 20 })
  .map((bytes) => encodeKey(0, 0, ['bytea'], [Uint8Array.from(bytes)]))
const integerKey = fc.oneof(fc.integer({ min: 0, max: 400 }), fc.integer()).map((id) => encodeKey(1, 0, ['integer'], [id]))

const entriesOf = fc.uniqueArray(fc.tuple(fc.oneof(combKey, integerKey), row), {
  selector: ([key]) => toHex(key),
  maxLength: 120,
  size: 'max',
})

function naive(entries: readonly TreeEntry[]): string {
  return naiveTreeRoot(new Map(entries.map((entry) => [toHex(entry.key), toHex(entry.row)])))
}

describe('treeRoot', () => {
  it('gives the root that the naive tree gives', () => {
    fc.assert(
      fc.property(entriesOf, (pairs) => {
        const entries = pairs.map(([key, bytes]) => ({ key, row: bytes }))
        expect(toHex(treeRoot(entries))).toBe(naive(entries))
      }),
      runs(150),
    )
  })

  it('does not depend on the order of the entries, and leaves them as they are', () => {
    fc.assert(
      fc.property(entriesOf, (pairs) => {
        const entries = pairs.map(([key, bytes]) => ({ key, row: bytes }))
        const backwards = entries.toReversed()
        const before = [...backwards]
        expect(treeRoot(backwards)).toEqual(treeRoot(entries))
        expect(backwards).toEqual(before)
      }),
      runs(50),
    )
  })

  it('changes with every key and every row', () => {
    fc.assert(
      fc.property(
        entriesOf.filter((pairs) => pairs.length > 0),
        fc.nat(),
        (pairs, at) => {
          const entries = pairs.map(([key, bytes]) => ({ key, row: bytes }))
          const index = at % entries.length
          const { key, row: bytes } = entries[index]!
          const root = toHex(treeRoot(entries))
          expect(toHex(treeRoot(entries.toSpliced(index, 1)))).not.toBe(root)
          expect(toHex(treeRoot(entries.with(index, { key, row: Uint8Array.from([...bytes, 0]) })))).not.toBe(root)
        },
      ),
      runs(50),
    )
  })

  it('agrees on both sides of a full leaf and with a thousand rows', () => {
    for (const count of [0, 1, 2, 15, 16, 17, 18, 32, 33, 255, 256, 257, 1000]) {
      const entries = Array.from({ length: count }, (_, id) => ({ key: encodeKey(0, 0, ['integer'], [id * 7]), row: fromHex('00') }))
      expect(toHex(treeRoot(entries))).toBe(naive(entries))
    }
  })

  it('bears the deepest comb that keys of 255 bytes can make', () => {
    const entries: TreeEntry[] = []
    for (let depth = 0; depth < 510; depth++) {
      const key = new Uint8Array(255)
      key[depth >> 1] = depth % 2 === 0 ? 0x10 : 0x01
      entries.push({ key, row: new Uint8Array() })
    }
    expect(toHex(treeRoot(entries))).toBe(naive(entries))
  })
})
