/** Randomness that every replay repeats: docs/reference/protocol.md §13. */

/**
 * The stream of one message. A sender can foresee a roll but not choose it: use commit and reveal where stakes are real.
 * Each call costs one call of the host; at most 64 KiB a message, beyond that it traps.
 */
export interface Entropy {
  /** The next bytes of the stream. */
  bytes(count: number): Uint8Array
  /** A whole number from `min` to `max`, both included, each equally likely: `int(1, 20)` is a d20. At most 2^48 of them. */
  int(min: number, max: number): number
  /** The sum of `count` dice with so many sides: `dice(2, 6)` is 2d6. */
  dice(count: number, sides: number): number
  /** One of the items, each equally likely. */
  pick<T>(items: readonly [T, ...T[]]): T
  pick<T>(items: readonly T[]): T | undefined
  /** The items in a random order; the list itself is left as it is. */
  shuffle<T>(items: readonly T[]): T[]
}

const RANGE_MAX = 2 ** 48

function integerBelow(range: number, bytes: (count: number) => Uint8Array): number {
  if (range === 1) return 0
  let width = 1
  let space = 256
  while (space < range) {
    width++
    space *= 256
  }
  // Values of the last, incomplete round would make small numbers likelier: draw again.
  const limit = space - (space % range)
  for (;;) {
    let value = 0
    for (const byte of bytes(width)) value = value * 256 + byte
    if (value < limit) return value % range
  }
}

/** The stream with helpers, over a source of bytes. */
export function createEntropy(bytes: (count: number) => Uint8Array): Entropy {
  const int = (min: number, max: number): number => {
    const range = max - min + 1
    if (!Number.isSafeInteger(min) || !Number.isSafeInteger(max) || range < 1 || range > RANGE_MAX) {
      throw new RangeError(`expected whole numbers min <= max, at most 2^48 apart, got ${min} and ${max}`)
    }
    return min + integerBelow(range, bytes)
  }
  return {
    bytes,
    int,
    dice(count, sides) {
      let sum = 0
      for (let i = 0; i < count; i++) sum += int(1, sides)
      return sum
    },
    pick<T>(items: readonly T[]): T {
      return (items.length === 0 ? undefined : items[int(0, items.length - 1)]) as T
    },
    shuffle<T>(items: readonly T[]): T[] {
      const list = [...items]
      for (let i = list.length - 1; i > 0; i--) {
        const j = int(0, i)
        const item = list[i]!
        list[i] = list[j]!
        list[j] = item
      }
      return list
    },
  }
}
