/** The ordered map against a sorted list, with enough keys for many chunks. */
import fc from 'fast-check'
import { expect, it } from 'vitest'

import { afterPrefix } from '../src/byte-string.ts'
import { OrderedMap } from '../src/ordered-map.ts'

const RUNS = 30 * Number(process.env['FOLDB_RUNS'] ?? 1)

/** A byte string of one to three characters, all of 0–255. */
function keyOf(number: number): string {
  const bytes = [number & 255, (number >> 8) & 255, (number >> 16) & 255].slice(0, 1 + (number % 3))
  return String.fromCharCode(...bytes)
}

function sorted(naive: ReadonlyMap<string, number>): [string, number][] {
  return [...naive].sort(([left], [right]) => (left < right ? -1 : 1))
}

function expectSame(map: OrderedMap<number>, naive: ReadonlyMap<string, number>, bounds: readonly string[]): void {
  const all = sorted(naive)
  expect(map.size).toBe(naive.size)
  expect([...map.entries()]).toEqual(all)
  for (const [from, to] of bounds.slice(1).map((to, i) => [bounds[i]!, to] as const)) {
    const inside = all.filter(([key]) => key >= from && key < to).map(([, value]) => value)
    expect(map.range(from, to, false, Number.POSITIVE_INFINITY)).toEqual(inside)
    expect(map.range(from, to, true, 5)).toEqual(inside.toReversed().slice(0, 5))
    expect(map.range(from, undefined, false, 3)).toEqual(
      all
        .filter(([key]) => key >= from)
        .map(([, value]) => value)
        .slice(0, 3),
    )
    expect(map.range(undefined, to, false, Number.POSITIVE_INFINITY)).toEqual(all.filter(([key]) => key < to).map(([, value]) => value))
    const prefixed = all.filter(([key]) => key.startsWith(from)).map(([, value]) => value)
    expect(map.startingWith(from, 400)).toEqual(prefixed.slice(0, 400))
    expect(map.range(from, afterPrefix(from), false, Number.POSITIVE_INFINITY)).toEqual(prefixed)
  }
}

it('keeps keys in the order of their bytes through any additions and removals', () => {
  const step = fc.record({
    count: fc.integer({ min: 1, max: 900 }),
    start: fc.nat(0xff_ff_ff),
    stride: fc.constantFrom(1, 256, 65_537, -1, 977),
    remove: fc.boolean(),
  })
  fc.assert(
    fc.property(
      fc.array(step, { minLength: 1, maxLength: 8 }),
      fc.array(fc.nat(0xff_ff_ff), { minLength: 4, maxLength: 4 }),
      (steps, bounds) => {
        const map = new OrderedMap<number>()
        const naive = new Map<string, number>()
        for (const { count, start, stride, remove } of steps) {
          for (let i = 0; i < count; i++) {
            const key = keyOf((start + i * stride) & 0xff_ff_ff)
            if (remove) expect(map.delete(key)).toBe(naive.delete(key))
            else {
              map.set(key, i)
              naive.set(key, i)
            }
          }
          expectSame(map, naive, bounds.map(keyOf))
        }
        for (const key of [...naive.keys()]) {
          map.delete(key)
          naive.delete(key)
        }
        expectSame(map, naive, bounds.map(keyOf))
      },
    ),
    { numRuns: RUNS, seed: 3 },
  )
})
