/** Orders that the rules refuse, one for nearly every code: a log of real players holds them too. */
import {
  attack,
  BOARD_HEIGHT,
  BOARD_WIDTH,
  CLASSES,
  distance,
  endTurn,
  heal,
  move,
  type Order,
  spawn,
  type Unit,
  UNITS_ON_BOARD,
} from '../src/index.ts'
import { living, type View } from './player.ts'
import type { Random } from './random.ts'

/** An order and who sends it. */
export interface Sent {
  readonly sender: string
  readonly order: Order
}

/** Who is there: the senders of both sides, seen from the side to move. */
export interface Table {
  readonly mine: string
  readonly theirs: string
}

type Mistake = (view: View, unit: Unit, random: Random) => Order | undefined

function newUnit(view: View, x: number, y: number, now: boolean): Order | undefined {
  return now ? spawn({ unit: view.units.length + 1, class: 'fighter', x, y }) : undefined
}

const wrong: Readonly<Record<string, Mistake>> = {
  outOfBounds: (_, unit) => move({ unit: unit.id, x: unit.x, y: unit.owner === 'red' ? -1 : BOARD_HEIGHT }),
  tooFar: (_, unit) => move({ unit: unit.id, x: (unit.x + BOARD_WIDTH / 2) % BOARD_WIDTH, y: unit.y }),
  occupied: (_, unit) => (unit.moved === 0 ? move({ unit: unit.id, x: unit.x, y: unit.y }) : undefined),
  nobody: (view, unit) => move({ unit: view.units.length + 100, x: unit.x, y: unit.y }),
  fallen: (view, unit) => {
    const fallen = view.units.find((one) => one.hp === 0 && one.owner === unit.owner)
    return fallen && move({ unit: fallen.id, x: unit.x, y: unit.y })
  },
  enemyUnit: (view) => {
    const enemy = living(view, 'theirs')[0]
    return enemy && move({ unit: enemy.id, x: enemy.x, y: enemy.y })
  },
  ownTarget: (_, unit) => attack({ unit: unit.id, target: unit.id }),
  noTarget: (view, unit) => attack({ unit: unit.id, target: view.units.length + 100 }),
  outOfReach: (view, unit) => {
    const far = living(view, 'theirs').find((one) => distance(unit, one) > CLASSES[unit.class].reach)
    return far && attack({ unit: unit.id, target: far.id })
  },
  again: (view, unit) => (unit.moved === view.turn ? move({ unit: unit.id, x: unit.x, y: unit.y }) : undefined),
  noHealer: (_, unit) => (unit.class === 'cleric' ? undefined : heal({ unit: unit.id, target: unit.id })),
  notWounded: (view, unit) => {
    const whole = living(view, 'mine').find((one) => one.hp === one.hp_max && distance(unit, one) <= CLASSES[unit.class].reach)
    return unit.class === 'cleric' && whole ? heal({ unit: unit.id, target: whole.id }) : undefined
  },
  healsEnemy: (view, unit) => {
    const enemy = living(view, 'theirs')[0]
    return unit.class === 'cleric' && enemy ? heal({ unit: unit.id, target: enemy.id }) : undefined
  },
  noReserves: (view, unit) => newUnit(view, unit.x, unit.y, view.me.reserves === 0),
  tooMany: (view, unit) => newUnit(view, unit.x, unit.y, view.me.alive >= UNITS_ON_BOARD),
  outsideCamp: (view, unit) => newUnit(view, BOARD_WIDTH / 2, unit.y, view.me.reserves > 0 && view.me.alive < UNITS_ON_BOARD),
  knownUnit: (_, unit) => spawn({ unit: unit.id, class: 'fighter', x: 0, y: 0 }),
  unknownClass: (view) => ({ kind: 'spawn', args: { unit: view.units.length + 1, class: 'dragon', x: 0, y: 0 } }),
  unknownKind: () => ({ kind: 'dance', args: {} }),
  badArguments: (_, unit) => ({ kind: 'move', args: { unit: unit.id, x: unit.x } }),
  hugeNumber: (_, unit) => move({ unit: unit.id, x: 2 ** 31, y: 0 }),
}

/** Something that will be refused, by whoever sends it. */
export function mistake(view: View, { mine, theirs }: Table, random: Random): Sent {
  if (random.chance(0.25)) return { sender: theirs, order: endTurn() }
  if (random.chance(0.05)) return { sender: 'mallory', order: endTurn() }
  for (let tries = 0; tries < 8; tries++) {
    const units = living(view, 'mine')
    const order = units.length > 0 ? random.pick(Object.values(wrong))(view, random.pick(units), random) : undefined
    if (order !== undefined) return { sender: mine, order }
  }
  return { sender: theirs, order: endTurn() }
}
