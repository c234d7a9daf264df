/** xoshiro128** seeded by splitmix32: 32-bit integers only, so that every language draws the same numbers. */

export interface Random {
  /** The next 32 bits. */
  next(): number
  /** A number from 0 to `sides` − 1. */
  below(sides: number): number
  /** True with this probability. */
  chance(probability: number): boolean
  /** One of the items. */
  pick<T>(items: readonly T[]): T
}

const rotateLeft = (x: number, bits: number): number => (x << bits) | (x >>> (32 - bits))

function splitmix32(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x9e3779b9) | 0
    let z = state ^ (state >>> 16)
    z = Math.imul(z, 0x21f0aaad)
    z ^= z >>> 15
    z = Math.imul(z, 0x735a2d97)
    return (z ^ (z >>> 15)) >>> 0
  }
}

export function createRandom(seed: number): Random {
  const seeds = splitmix32(seed)
  let [a, b, c, d] = [seeds(), seeds(), seeds(), seeds()]
  const next = (): number => {
    const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0
    const shifted = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = rotateLeft(d, 11)
    return result
  }
  const below = (sides: number): number => next() % sides
  return { next, below, chance: (probability) => next() < probability * 2 ** 32, pick: (items) => items[below(items.length)] as never }
}
