import { FoldbError, fromHex, toHex } from '@foldb/abi'
import { describe, expect, it } from 'vitest'
import { digestMmrLeaf, Mmr, peakCount } from './mmr.ts'
import { proveLeaf, verifyLeaf } from './mmr-proof.ts'

describe('Mmr', () => {
  it('gives the roots that the protocol prints', () => {
    const log = new Mmr('log')
    const roots = [toHex(log.root())]
    for (const item of ['01', '02', '03']) {
      log.append(fromHex(item))
      roots.push(toHex(log.root()))
    }
    expect(roots).toEqual([
      '1547c99d46ff0d0a4f582f447aefa17807921853d2db4fd6d55f1ade3d94e129',
      '37d463a003b749e75d0868a79f8fb415b362c24b9d0bb1b63577cacfe1ca4f00',
      '14b5786eb44ffe45d0adfdc39a366e3ffc85324058c59bbb4c6e91e73f3063a9',
      'd3b4f0842d2f08acc7d53584fcab9d1238d6452f30878cf4f85858e192904380',
    ])
    expect(toHex(new Mmr('receipt').root())).toBe('b5e6f1278bf14c265c6fb577113e047a16839284d5e58cd80646156f25f05fbf')
  })

  it('has a leaf digest as the peak of one item', () => {
    const log = new Mmr('log')
    log.append(fromHex('01'))
    expect(log.peaks()).toEqual([digestMmrLeaf('log', fromHex('01'))])
  })

  it('hands out copies', () => {
    const log = new Mmr('log')
    log.append(fromHex('01'))
    const root = toHex(log.root())
    log.root().fill(0)
    log.peaks()[0]!.fill(0)
    expect(toHex(log.root())).toBe(root)
    const peaks = log.peaks()
    const resumed = Mmr.fromPeaks('log', 1, peaks)
    peaks[0]!.fill(0)
    expect(toHex(resumed.root())).toBe(root)
  })

  it('refuses peaks that do not belong to the size', () => {
    const digest = new Uint8Array(32)
    for (const [size, peaks] of [
      [1, []],
      [2, [digest, digest]],
      [3, [digest]],
      [-1, []],
      [1.5, [digest]],
      [2 ** 53, [digest]],
      [1, [new Uint8Array(31)]],
    ] as const) {
      expect(() => Mmr.fromPeaks('log', size, peaks)).toThrow(FoldbError)
    }
    expect(Mmr.fromPeaks('log', 2 ** 40 + 1, [digest, digest]).size).toBe(2 ** 40 + 1)
  })

  it('counts a peak for each 1 of a size beyond 2^32', () => {
    expect(peakCount(0)).toBe(0)
    expect(peakCount(7)).toBe(3)
    expect(peakCount(2 ** 53 - 1)).toBe(53)
  })
})

describe('proveLeaf', () => {
  it('refuses an index outside the list', () => {
    const leaves = [digestMmrLeaf('log', fromHex('01'))]
    for (const index of [-1, 1, 0.5]) expect(() => proveLeaf('log', leaves, index)).toThrow(FoldbError)
    expect(proveLeaf('log', leaves, 0)).toEqual([])
  })

  it('does not take a node for an item', () => {
    const log = new Mmr('log')
    const items = ['01', '02'].map(fromHex)
    for (const item of items) log.append(item)
    const [left, right] = items.map((item) => digestMmrLeaf('log', item))
    const both = Uint8Array.from([...left!, ...right!])
    expect(verifyLeaf('log', { root: log.root(), size: 2, index: 0, bytes: both, proof: [] })).toBe(false)
    expect(verifyLeaf('log', { root: log.root(), size: 1, index: 0, bytes: both, proof: [] })).toBe(false)
  })
})
