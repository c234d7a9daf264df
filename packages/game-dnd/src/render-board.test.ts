import { describe, expect, it } from 'vitest'
import { renderBoard } from './render-board.ts'
import { BOARD_HEIGHT, BOARD_WIDTH } from './rules.ts'

describe('renderBoard', () => {
  it('draws living units by class, red in upper case, and leaves out the fallen', () => {
    const lines = renderBoard([
      { x: 0, y: 0, owner: 'red', class: 'fighter', hp: 1 },
      { x: 1, y: 0, owner: 'blue', class: 'wizard', hp: 1 },
      { x: 2, y: 0, owner: 'blue', class: 'ranger', hp: 0 },
      { x: BOARD_WIDTH - 1, y: BOARD_HEIGHT - 1, owner: 'blue', class: 'cleric', hp: 9 },
    ]).split('\n')
    expect(lines).toHaveLength(BOARD_HEIGHT)
    expect(lines[0]).toMatch(/^F w · ·/)
    expect(lines[BOARD_HEIGHT - 1]).toMatch(/· c$/)
    expect(new Set(lines.map((line) => line.split(' ').length))).toEqual(new Set([BOARD_WIDTH]))
  })
})
