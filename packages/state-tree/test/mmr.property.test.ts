import { toHex } from '@foldb/abi'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { digestMmrLeaf, Mmr, type MmrKind, proveLeaf, verifyLeaf } from '../src/index.ts'
import { naiveMmrRoot } from './naive.ts'
import { runs } from './runs.ts'

const items = fc.array(fc.uint8Array({ maxLength: 70 }), { maxLength: 40, size: 'max' })
const kind = fc.constantFrom<MmrKind>('log', 'receipt')

function listOf(listKind: MmrKind, bytes: readonly Uint8Array[]): Mmr {
  const mmr = new Mmr(listKind)
  for (const item of bytes) mmr.append(item)
  return mmr
}

describe('Mmr', () => {
  it('has the root of the naive list after every item', () => {
    fc.assert(
      fc.property(kind, items, (listKind, bytes) => {
        const mmr = new Mmr(listKind)
        const hex: string[] = []
        for (const item of [undefined, ...bytes]) {
          if (item !== undefined) mmr.append(item)
          if (item !== undefined) hex.push(toHex(item))
          expect(toHex(mmr.root())).toBe(naiveMmrRoot(listKind, listKind === 'log' ? 'message' : 'receipt', hex))
        }
      }),
      runs(25),
    )
  })

  it('goes on from its peaks as if it had never stopped', () => {
    fc.assert(
      fc.property(kind, items, items, (listKind, before, after) => {
        const first = listOf(listKind, before)
        const resumed = Mmr.fromPeaks(listKind, first.size, first.peaks())
        for (const item of after) {
          first.append(item)
          resumed.append(item)
        }
        expect(resumed.root()).toEqual(first.root())
        expect(resumed.size).toBe(before.length + after.length)
      }),
      runs(50),
    )
  })
})

describe('proofs of a list', () => {
  it('hold for every item and for nothing else', () => {
    fc.assert(
      fc.property(
        kind,
        items.filter((list) => list.length > 0),
        fc.nat(),
        fc.nat(),
        (listKind, bytes, pick, spoil) => {
          const root = listOf(listKind, bytes).root()
          const index = pick % bytes.length
          const leaves = bytes.map((item) => digestMmrLeaf(listKind, item))
          const proof = proveLeaf(listKind, leaves, index)
          const claim = { root, size: bytes.length, index, bytes: bytes[index]!, proof }
          expect(verifyLeaf(listKind, claim)).toBe(true)
          expect(verifyLeaf(listKind === 'log' ? 'receipt' : 'log', claim)).toBe(false)
          expect(verifyLeaf(listKind, { ...claim, bytes: Uint8Array.from([...claim.bytes, 1]) })).toBe(false)
          expect(verifyLeaf(listKind, { ...claim, proof: [...proof, root] })).toBe(false)
          expect(verifyLeaf(listKind, { ...claim, size: claim.size + 1 })).toBe(false)
          if (proof.length === 0) return
          const bad = proof.map((digest) => digest.slice())
          bad[spoil % proof.length]![spoil % 32]! ^= 1
          expect(verifyLeaf(listKind, { ...claim, proof: bad })).toBe(false)
          expect(verifyLeaf(listKind, { ...claim, proof: proof.slice(1) })).toBe(false)
        },
      ),
      runs(60),
    )
  })
})
