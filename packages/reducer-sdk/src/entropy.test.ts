import { describe, expect, it } from 'vitest'
import { createEntropy } from './entropy.ts'

/** Bytes from a list, over and over, with a count of calls. */
function stream(...bytes: number[]): { next: (count: number) => Uint8Array; drawn: () => number } {
  let at = 0
  return { next: (count) => Uint8Array.from({ length: count }, () => bytes[at++ % bytes.length]!), drawn: () => at }
}

describe('entropy', () => {
  it('draws again where a remainder would make small numbers likelier', () => {
    // 256 = 12 × 20 + 16: a byte from 240 on is drawn again
    const { next, drawn } = stream(255, 240, 239, 0)
    const entropy = createEntropy(next)
    expect(entropy.int(1, 20)).toBe(20)
    expect(drawn()).toBe(3)
    expect(entropy.int(1, 20)).toBe(1)
  })

  it('gives every number of a range equally often over all bytes', () => {
    const entropy = createEntropy(stream(...Array.from({ length: 240 }, (_, i) => i)).next)
    const counts = new Map<number, number>()
    for (let i = 0; i < 240; i++) {
      const roll = entropy.int(1, 20)
      counts.set(roll, (counts.get(roll) ?? 0) + 1)
    }
    expect([...counts.keys()].sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1))
    expect(new Set(counts.values())).toEqual(new Set([12]))
  })

  it('takes as few bytes as the range needs, most significant first', () => {
    const { next, drawn } = stream(1, 2, 3, 4, 5, 6)
    const entropy = createEntropy(next)
    expect(entropy.int(5, 5)).toBe(5)
    expect(drawn()).toBe(0)
    expect(entropy.int(0, 255)).toBe(1)
    expect(drawn()).toBe(1)
    expect(entropy.int(0, 65_535)).toBe(0x0203)
    expect(drawn()).toBe(3)
    expect(createEntropy(stream(0, 0, 0, 0, 1, 0).next).int(0, 2 ** 48 - 1)).toBe(256)
    expect(createEntropy(stream(9).next).int(-3, 252)).toBe(6)
  })

  it.each([
    [2, 1],
    [0.5, 3],
    [0, 2 ** 48],
    [NaN, 1],
  ])('refuses the range %d to %d', (min, max) => {
    expect(() => createEntropy(stream(0).next).int(min, max)).toThrow('expected whole numbers min <= max, at most 2^48 apart')
  })

  it('sums dice', () => {
    expect(createEntropy(stream(0, 5, 2).next).dice(3, 6)).toBe(1 + 6 + 3)
    expect(createEntropy(stream(0).next).dice(0, 6)).toBe(0)
  })

  it('picks one, or nothing from nothing', () => {
    expect(createEntropy(stream(2).next).pick(['a', 'b', 'c'])).toBe('c')
    expect(createEntropy(stream(2).next).pick([])).toBeUndefined()
  })

  it('shuffles a copy', () => {
    const items = [1, 2, 3, 4]
    expect(createEntropy(stream(0).next).shuffle(items)).toEqual([2, 3, 4, 1])
    expect(items).toEqual([1, 2, 3, 4])
  })
})
