import { readFileSync } from 'node:fs'
import { formatJsonMessage, parseJsonLines } from '@foldb/derivation-core'
import { describe, expect, it } from 'vitest'
import { formatFinal, skirmishLog } from '../scripts/skirmish-log.ts'
import { vectorUrl } from '../src/vectors.ts'
import { damageOf, SkirmishReference } from './skirmish-reference.ts'

describe.each([1000, 10_000])('the skirmish log of %i messages', (count) => {
  const text = readFileSync(vectorUrl(`skirmish/log-${count}.jsonl`), 'utf8')

  it('is what the generator writes, tables included', () => {
    const { lines, final } = skirmishLog(count)
    expect(`${lines.join('\n')}\n`).toBe(text)
    expect(formatFinal(final)).toBe(readFileSync(vectorUrl(`skirmish/final-${count}.json`), 'utf8'))
  })

  it('is in the form that a writer gives', () => {
    const messages = parseJsonLines(text)
    expect(messages).toHaveLength(count)
    expect(messages.map((message) => `${formatJsonMessage(message)}\n`).join('')).toBe(text)
  })

  it('names the player as the sender, a second after the last', () => {
    for (const [i, { sender, time, args }] of parseJsonLines(text).entries()) {
      expect([sender, time]).toEqual([`player-${String(args['player'])}`, 1_700_000_001_000 + i * 1000])
    }
  })

  it('has every kind of refusal', () => {
    const { codes } = skirmishLog(count).final.outcomes
    expect(Object.keys(codes)).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((code) => `code-${code}`))
  })
})

describe('the reference', () => {
  it.each([
    [1, 0],
    [8, 0],
    [9, 4],
    [10, 5],
    [19, 9],
    [20, 20],
  ])('turns a roll of %i into %i damage', (roll, damage) => {
    expect(damageOf(roll)).toBe(damage)
  })

  it('lets nobody move twice, and decides when the last unit falls', () => {
    const reference = new SkirmishReference()
    const codes = [
      reference.apply({ kind: 'spawn', player: 0, unit: 1, x: 0, y: 0, hp: 60 }),
      reference.apply({ kind: 'move', player: 0, unit: 1, x: 1, y: 1 }),
      reference.apply({ kind: 'spawn', player: 1, unit: 2, x: 6, y: 6, hp: 20 }),
      reference.apply({ kind: 'attack', player: 0, unit: 1, target: 2, roll: 20 }),
      reference.apply({ kind: 'move', player: 1, unit: 2, x: 5, y: 5 }),
    ]
    expect(codes).toEqual([0, 1, 0, 0, 2])
    expect(reference.final().tables.game).toEqual([[1, 1, 3, 0]])
    expect(reference.final().tables.units).toEqual([
      [1, 0, 0, 0, 60],
      [2, 1, 6, 6, 0],
    ])
  })
})
