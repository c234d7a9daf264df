/** The tables of a battle. */
import {
  bigint,
  boolean,
  type Database,
  eq,
  gt,
  gte,
  index,
  integer,
  lt,
  lte,
  column,
  references,
  type RowOf,
  table,
  text,
} from '@foldb/reducer-sdk'
import { BOARD_HEIGHT, BOARD_WIDTH, type ClassName, type Side } from './rules.ts'

/** One row: whose turn it is. */
const game = table({
  columns: { id: integer(), turn: integer(), side: text<Side>(), over: boolean() },
  primaryKey: ['id'],
  checks: { single: eq('id', 1) },
})

/** Who plays which side, and how they are doing. */
const players = table({
  columns: {
    side: text<Side>(),
    sender: text(),
    reserves: integer(),
    alive: integer(),
    kills: integer(),
    damage: integer(),
    healed: integer(),
  },
  primaryKey: ['side'],
  indexes: { sender: index(['sender'], { unique: true }) },
  checks: { reserves: gte('reserves', 0), alive: gte('alive', 0) },
})

/** Every unit that ever entered, the fallen ones with no hit points. One living unit a cell. */
const units = table({
  columns: {
    id: integer(),
    owner: text<Side>(),
    class: text<ClassName>(),
    x: integer(),
    y: integer(),
    hp: integer(),
    hp_max: integer(),
    armour: integer(),
    /** The turn in which it last moved, and last attacked or healed; 0 for never. */
    moved: integer(),
    acted: integer(),
  },
  primaryKey: ['id'],
  indexes: {
    cell: index(['x', 'y'], { unique: true, where: gt('hp', 0) }),
    owner: index(['owner']),
  },
  checks: {
    board: [gte('x', 0), lt('x', BOARD_WIDTH), gte('y', 0), lt('y', BOARD_HEIGHT)],
    hp: [gte('hp', 0), lte('hp', column('hp_max'))],
  },
  foreignKeys: { player: references(['owner'], 'players') },
})

/** What happened, a row for each attack and each healing: the dice are history. */
const events = table({
  columns: {
    position: bigint(),
    turn: integer(),
    kind: text(),
    unit: integer(),
    target: integer(),
    /** The d20 of an attack; null when nothing had to be hit. */
    roll: integer().nullable(),
    /** Hit points taken or given. */
    points: integer(),
    fell: boolean(),
  },
  primaryKey: ['position'],
})

/** Empty until the battle is decided, then one row. */
const verdict = table({
  columns: { id: integer(), winner: text(), reason: text<'annihilated' | 'resigned'>(), position: bigint() },
  primaryKey: ['id'],
  checks: { single: eq('id', 1) },
})

export const tables = { game, players, units, events, verdict }

export type Db = Database<typeof tables>
export type Game = RowOf<typeof game>
export type Player = RowOf<typeof players>
export type Unit = RowOf<typeof units>
export type BattleEvent = RowOf<typeof events>
export type Verdict = RowOf<typeof verdict>
