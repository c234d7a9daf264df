/** A simple player: enters units, walks towards the nearest enemy, strikes when it can, heals when it should. */
import type { Player, Unit } from '../src/index.ts'
import {
  attack,
  type Cell,
  CLASSES,
  CLASS_NAMES,
  distance,
  endTurn,
  heal,
  isInCamp,
  isOnBoard,
  move,
  type Order,
  spawn,
} from '../src/index.ts'
import { BOARD_HEIGHT, BOARD_WIDTH, UNITS_ON_BOARD } from '../src/index.ts'
import type { Random } from './random.ts'

/** What a player sees. */
export interface View {
  readonly turn: number
  readonly me: Player
  /** Every unit, the fallen ones too. */
  readonly units: readonly Unit[]
}

export function living(view: View, side: 'mine' | 'theirs'): Unit[] {
  return view.units.filter((unit) => unit.hp > 0 && (unit.owner === view.me.side) === (side === 'mine'))
}

function isFree(view: View, cell: Cell): boolean {
  return isOnBoard(cell) && !view.units.some((unit) => unit.hp > 0 && unit.x === cell.x && unit.y === cell.y)
}

function cellsWithin(centre: Cell, radius: number): Cell[] {
  const cells: Cell[] = []
  for (let y = centre.y - radius; y <= centre.y + radius; y++) {
    for (let x = centre.x - radius; x <= centre.x + radius; x++) cells.push({ x, y })
  }
  return cells
}

function reinforcement(view: View, random: Random): Order | undefined {
  if (view.me.reserves === 0 || view.me.alive >= UNITS_ON_BOARD) return undefined
  const cells = cellsWithin({ x: BOARD_WIDTH / 2, y: BOARD_HEIGHT / 2 }, BOARD_WIDTH)
  const free = cells.filter((cell) => isInCamp(view.me.side, cell) && isFree(view, cell))
  return spawn({ unit: view.units.length + 1, class: random.pick(CLASS_NAMES), ...random.pick(free) })
}

function nearest(unit: Unit, others: readonly Unit[]): Unit | undefined {
  return others.reduce<Unit | undefined>(
    (best, one) => (best === undefined || distance(unit, one) < distance(unit, best) ? one : best),
    undefined,
  )
}

/** A step that ends as near to the wanted distance as the unit's speed and the other units allow. */
function approach(view: View, unit: Unit, target: Unit, random: Random): Order | undefined {
  const { speed, reach } = CLASSES[unit.class]
  const badness = (cell: Cell): number => Math.abs(distance(cell, target) - reach)
  const free = cellsWithin(unit, speed).filter((cell) => isFree(view, cell))
  const best = Math.min(...free.map(badness))
  if (!(best < badness(unit))) return undefined
  return move({ unit: unit.id, ...random.pick(free.filter((cell) => badness(cell) === best)) })
}

function ordersOf(view: View, unit: Unit, random: Random): Order | undefined {
  const { reach, heal: canHeal } = CLASSES[unit.class]
  if (unit.acted !== view.turn) {
    const wounded = living(view, 'mine').filter((one) => one.hp * 2 < one.hp_max && distance(unit, one) <= reach)
    if (canHeal !== undefined && wounded.length > 0) return heal({ unit: unit.id, target: random.pick(wounded).id })
    const near = living(view, 'theirs').filter((one) => distance(unit, one) <= reach)
    const weakest = near.sort((a, b) => a.hp - b.hp || a.id - b.id)[0]
    if (weakest !== undefined) return attack({ unit: unit.id, target: weakest.id })
  }
  const target = nearest(unit, living(view, 'theirs'))
  if (unit.moved === view.turn || target === undefined) return undefined
  return approach(view, unit, target, random)
}

/** The next order of the player whose turn it is. */
export function nextOrder(view: View, random: Random): Order {
  const entering = reinforcement(view, random)
  if (entering !== undefined) return entering
  for (const unit of living(view, 'mine')) {
    const order = ordersOf(view, unit, random)
    if (order !== undefined) return order
  }
  return endTurn()
}
