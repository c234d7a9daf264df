import { describe, expect, it } from 'vitest'
import { BOARD_WIDTH, CLASSES, distance, hits, isClassName, isInCamp, isOnBoard, opponentOf } from './rules.ts'

describe('rules', () => {
  it('counts diagonals as one cell', () => {
    expect(distance({ x: 1, y: 1 }, { x: 4, y: 3 })).toBe(3)
    expect(distance({ x: 4, y: 9 }, { x: 4, y: 3 })).toBe(6)
  })

  it('keeps camps at opposite edges', () => {
    expect([0, 2, 3, BOARD_WIDTH - 1].map((x) => isInCamp('red', { x, y: 0 }))).toEqual([true, true, false, false])
    expect([0, BOARD_WIDTH - 4, BOARD_WIDTH - 3, BOARD_WIDTH].map((x) => isInCamp('blue', { x, y: 0 }))).toEqual([
      false,
      false,
      true,
      false,
    ])
    expect(isOnBoard({ x: 0, y: -1 })).toBe(false)
  })

  it('hits from the armour on, always on 20, never on 1', () => {
    const { fighter, wizard } = CLASSES
    expect([10, 11, 20, 1].map((roll) => hits(roll, fighter, fighter))).toEqual([false, true, true, false])
    expect(hits(2, { ...fighter, attack: -30 }, wizard)).toBe(false)
    expect(hits(20, { ...fighter, attack: -30 }, wizard)).toBe(true)
    expect(hits(1, { ...fighter, attack: 30 }, wizard)).toBe(false)
  })

  it('knows its classes and nothing inherited', () => {
    expect(['fighter', 'dragon', 'toString'].map(isClassName)).toEqual([true, false, false])
    expect(opponentOf(opponentOf('red'))).toBe('red')
  })
})
