/** Random skirmish logs: battles played by the rules with noise in between, and noise alone, some of which no reducer accepts. */
import type { Message } from 'foldb'
import fc from 'fast-check'
import { skirmish } from '../../conformance/scripts/skirmish-generator.ts'

const coordinate = fc.oneof(
  { weight: 9, arbitrary: fc.integer({ min: 0, max: 5 }) },
  { weight: 1, arbitrary: fc.integer({ min: -2, max: 66 }) },
)
const unit = fc.integer({ min: 1, max: 6 })
const player = fc.integer({ min: 0, max: 1 })
const odd = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.string({ unit: 'binary', maxLength: 5 }).filter(isText),
  fc.constant(2.5),
  fc.bigInt({ min: 2n ** 60n, max: 2n ** 63n - 1n }),
)

function isText(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0')
}

const kinds = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('spawn'),
      args: fc.record({ player, unit, x: coordinate, y: coordinate, hp: fc.constant(20) }),
    }),
  },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('move'), args: fc.record({ player, unit, x: coordinate, y: coordinate }) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('attack'),
      args: fc.record({ player, unit, target: unit, roll: fc.integer({ min: 1, max: 20 }) }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom('surrender', 'move'),
      args: fc.dictionary(fc.constantFrom('player', 'unit', 'constructor', 'x'), odd),
    }),
  },
)

const message: fc.Arbitrary<Message> = fc
  .tuple(kinds, fc.constantFrom('player-0', 'player-1', 'stranger'), fc.nat())
  .map(([{ kind, args }, sender, time]) => ({ kind, args, sender, time }))

const noise: fc.Arbitrary<Message[]> = fc.array(message, { minLength: 1, maxLength: 120, size: 'max' })

/** Attacks begin when both sides stand, after some 240 messages. */
const battle: fc.Arbitrary<Message[]> = fc
  .record({ seed: fc.nat(), length: fc.integer({ min: 1, max: 600 }), strangers: fc.array(fc.tuple(fc.nat(), message), { maxLength: 20 }) })
  .map(({ seed, length, strangers }) => {
    const log: Message[] = []
    for (const { kind, ...args } of skirmish(seed)) {
      log.push({ sender: `player-${args.player}`, time: log.length, kind, args })
      if (log.length === length) break
    }
    for (const [place, stranger] of strangers) log.splice(place % (log.length + 1), 0, stranger)
    return log
  })

export const randomLog: fc.Arbitrary<Message[]> = fc.oneof({ weight: 2, arbitrary: battle }, { weight: 1, arbitrary: noise })

/** Where a log of this length is cut into appends. */
export function cutsOf(length: number): fc.Arbitrary<number[]> {
  return fc.array(fc.integer({ min: 0, max: length }), { maxLength: 6 }).map((cuts) => [...cuts, length].toSorted((a, b) => a - b))
}
