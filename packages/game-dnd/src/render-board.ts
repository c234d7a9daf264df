/** The board as text, for a terminal. */
import { BOARD_HEIGHT, BOARD_WIDTH, CLASSES, type ClassName, type Side } from './rules.ts'

/** What has to be known of a unit to draw it: a row of the table `units` or of the view `board`. */
export interface DrawnUnit {
  readonly x: number
  readonly y: number
  readonly owner: Side
  readonly class: ClassName
  readonly hp: number
}

/**
 * Draws the living units: a letter for the class, upper case for red, lower case for blue; row 0 on top.
 *
 * @example
 * console.log(renderBoard(await db.query('SELECT * FROM board')))
 */
export function renderBoard(units: Iterable<DrawnUnit>): string {
  const cells = Array.from({ length: BOARD_HEIGHT }, () => Array.from({ length: BOARD_WIDTH }, () => '·'))
  for (const { x, y, owner, class: name, hp } of units) {
    const { letter } = CLASSES[name]
    if (hp > 0) cells[y]![x] = owner === 'red' ? letter.toUpperCase() : letter
  }
  return cells.map((row) => row.join(' ')).join('\n')
}
