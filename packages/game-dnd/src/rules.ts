/** The rules of the battle as numbers and pure functions: what reducer, screens and players share. */

/** Columns and rows of the board; cells count from 0. */
export const BOARD_WIDTH = 20
export const BOARD_HEIGHT = 10

/** Columns at a side's own edge where its units enter. */
export const CAMP_DEPTH = 3

/** Units that a side may have on the board at once, and over the whole battle. */
export const UNITS_ON_BOARD = 6
export const UNITS_IN_RESERVE = 32

export type Side = 'red' | 'blue'

export const SIDES: readonly Side[] = ['red', 'blue']

/** So many dice with so many sides, and a number to add: 2d6+3. */
export interface Dice {
  readonly count: number
  readonly sides: number
  readonly bonus: number
}

/** What a class is good at. Distances are in cells, diagonals count as one. */
export interface UnitClass {
  readonly hitPoints: number
  /** What an attack has to reach to hit. */
  readonly armour: number
  readonly speed: number
  readonly reach: number
  /** Added to the d20 of an attack. */
  readonly attack: number
  readonly damage: Dice
  /** What it heals when it does not attack. */
  readonly heal?: Dice
  /** How a board drawn in text shows it. */
  readonly letter: string
}

export type ClassName = 'fighter' | 'ranger' | 'wizard' | 'cleric'

export const CLASSES: Readonly<Record<ClassName, UnitClass>> = {
  fighter: { hitPoints: 28, armour: 16, speed: 4, reach: 1, attack: 5, damage: { count: 1, sides: 10, bonus: 3 }, letter: 'f' },
  ranger: { hitPoints: 20, armour: 14, speed: 4, reach: 6, attack: 6, damage: { count: 1, sides: 8, bonus: 2 }, letter: 'r' },
  wizard: { hitPoints: 14, armour: 12, speed: 3, reach: 5, attack: 5, damage: { count: 2, sides: 6, bonus: 1 }, letter: 'w' },
  cleric: {
    hitPoints: 22,
    armour: 15,
    speed: 3,
    reach: 1,
    attack: 4,
    damage: { count: 1, sides: 6, bonus: 2 },
    heal: { count: 1, sides: 8, bonus: 2 },
    letter: 'c',
  },
}

export const CLASS_NAMES: readonly ClassName[] = ['fighter', 'ranger', 'wizard', 'cleric']

/** A d20 of 20 always hits and doubles the dice; a 1 always misses. */
export const CRITICAL_HIT = 20
export const CRITICAL_MISS = 1

/** Something with a place on the board. */
export interface Cell {
  readonly x: number
  readonly y: number
}

/** Cells between two places when diagonals count as one. */
export function distance(a: Cell, b: Cell): number {
  return Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y))
}

export function isOnBoard({ x, y }: Cell): boolean {
  return x >= 0 && y >= 0 && x < BOARD_WIDTH && y < BOARD_HEIGHT
}

/** Whether a cell is in a side's camp: red's is at the left edge, blue's at the right one. */
export function isInCamp(side: Side, { x, y }: Cell): boolean {
  return isOnBoard({ x, y }) && (side === 'red' ? x < CAMP_DEPTH : x >= BOARD_WIDTH - CAMP_DEPTH)
}

export function opponentOf(side: Side): Side {
  return side === 'red' ? 'blue' : 'red'
}

export function isClassName(name: string): name is ClassName {
  return Object.hasOwn(CLASSES, name)
}

/** Whether an attack roll hits, by the d20 and both classes. */
export function hits(roll: number, attacker: UnitClass, target: UnitClass): boolean {
  return roll === CRITICAL_HIT || (roll !== CRITICAL_MISS && roll + attacker.attack >= target.armour)
}
