import { scenario } from 'foldb/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { skirmish } from './fixtures.ts'

let wasm: Uint8Array
beforeAll(async () => {
  wasm = await skirmish()
})

const spawn = (player: number, unit: number, x: number) => ({
  sender: `player-${player}`,
  kind: 'spawn',
  args: { player, unit, x, y: 0, hp: 60 },
})
const move = (player: number, unit: number, x: number) => ({ sender: `player-${player}`, kind: 'move', args: { player, unit, x, y: 0 } })

describe('scenario', () => {
  it('accepts what holds', async () => {
    const result = scenario(wasm)
      .given(spawn(0, 1, 0), spawn(1, 2, 9))
      .when(move(0, 1, 2))
    await result.thenApplied()
    await result.thenRows('units', [
      { id: 1, x: 2 },
      { id: 2, x: 9 },
    ])
    await result.thenVerdict(undefined)
    expect(await result.outcome()).toEqual({ status: 'applied' })
    await scenario(wasm)
      .given(spawn(0, 1, 0), spawn(1, 2, 9))
      .when(move(1, 2, 8))
      .thenRejected('code-1')
  })

  it('says what was expected and what came', async () => {
    const result = scenario(wasm)
      .given(spawn(0, 1, 0))
      .when(move(0, 1, 2))
    await expect(result.thenApplied()).rejects.toThrow('outcome: expected applied, got rejected code-1')
    await expect(result.thenTrapped()).rejects.toThrow('expected trapped trap')
    await expect(result.thenRows('units', [{ id: 1, x: 2 }])).rejects.toThrow('rows of units')
    await expect(result.thenRows('units', [])).rejects.toThrow('rows of units')
    await expect(result.thenRows('heroes', [])).rejects.toThrow('expected one of units, events, score, game, got heroes')
    await expect(result.thenVerdict({ winner: 1 })).rejects.toThrow('verdict')
  })

  it('refuses a given message that does not apply', async () => {
    await expect(
      scenario(wasm)
        .given(move(0, 7, 1))
        .when(spawn(0, 1, 0))
        .thenApplied(),
    ).rejects.toThrow('given message 1 (move): expected applied, got rejected code-2')
  })

  it('does not run twice what is asked twice', async () => {
    const result = scenario(wasm).when(spawn(0, 1, 0))
    const [a, b] = await Promise.all([result.outcome(), result.outcome()])
    expect(a).toBe(b)
  })
})
