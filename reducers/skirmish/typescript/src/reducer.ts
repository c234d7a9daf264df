/** Skirmish: two players move and attack in turns on a board of 64 × 64. Rules and refusals: ../README.md. */
import { defineReducer, gt, index, integer, reject, table, text, type Database, type RowOf } from '@foldb/reducer-sdk'

const SIDE = 64
const MOVE = 3
const RANGE = 6
const HIT = 9

const ints = <const N extends readonly string[]>(...names: N): { readonly [K in N[number]]: ReturnType<typeof integer> } =>
  Object.fromEntries(names.map((name) => [name, integer()])) as never

const units = table({
  columns: ints('id', 'owner', 'x', 'y', 'hp'),
  primaryKey: ['id'],
  indexes: { cell: index(['x', 'y'], { unique: true, where: gt('hp', 0) }) },
})
const events = table({
  columns: { seq: integer(), kind: text(), ...ints('player', 'unit', 'target', 'x', 'y', 'dmg', 'code') },
  primaryKey: ['seq'],
})
const score = table({ columns: ints('player', 'kills', 'damage', 'moves', 'alive'), primaryKey: ['player'] })
const game = table({ columns: ints('id', 'turn', 'accepted', 'winner'), primaryKey: ['id'] })

const tables = { units, events, score, game }

type Db = Database<typeof tables>
type Unit = RowOf<typeof units>
type Event = Omit<RowOf<typeof events>, 'seq' | 'kind' | 'code'>

const onBoard = (x: number, y: number): boolean => x >= 0 && y >= 0 && x < SIDE && y < SIDE
const within = (distance: number, unit: Unit, x: number, y: number): boolean =>
  Math.abs(x - unit.x) <= distance && Math.abs(y - unit.y) <= distance

/** An attack roll of 1 to 20: a miss below HIT, else half of it, all of it on 20. */
const damageOf = (roll: number): number => (roll < HIT ? 0 : roll === 20 ? 20 : roll >> 1)

function gameOnTurn(db: Db, player: number): RowOf<typeof game> {
  const row = db.game.get(1)!
  return player === row.turn ? row : reject('code-1', 'not this player’s turn')
}

function ownUnit(db: Db, player: number, id: number): Unit {
  const unit = db.units.get(id)
  if (unit === undefined || unit.hp <= 0) reject('code-2', 'no such living unit')
  return unit.owner === player ? unit : reject('code-3', 'not this player’s unit')
}

function freeCell(db: Db, x: number, y: number): void {
  if (db.units.by.cell.get(x, y) !== undefined) reject('code-6', 'the cell is occupied')
}

function addScore(db: Db, player: number, gained: Partial<Omit<RowOf<typeof score>, 'player'>>): RowOf<typeof score> {
  const row = db.score.get(player)!
  return db.score.update(row, {
    kills: row.kills + (gained.kills ?? 0),
    damage: row.damage + (gained.damage ?? 0),
    moves: row.moves + (gained.moves ?? 0),
    alive: row.alive + (gained.alive ?? 0),
  })
}

/** What every applied message leaves behind: its event, and the other player's turn. */
function finish(db: Db, row: RowOf<typeof game>, position: number, kind: string, event: Event, winner = row.winner): void {
  db.game.update(row, { turn: 1 - row.turn, accepted: row.accepted + 1, winner })
  db.events.insert({ seq: position, kind, ...event, code: 0 })
}

export const reducer = defineReducer({
  name: 'skirmish',
  version: '1.0.0',
  tables,
  init({ db }) {
    for (const player of [0, 1]) db.score.insert({ player, kills: 0, damage: 0, moves: 0, alive: 0 })
    db.game.insert({ id: 1, turn: 0, accepted: 0, winner: -1 })
  },
  messages: {
    spawn: {
      params: ints('player', 'unit', 'x', 'y', 'hp'),
      reduce({ args: { player, unit, x, y, hp }, db, message }) {
        const row = gameOnTurn(db, player)
        if (db.units.has(unit)) reject('code-2', 'the unit is there already')
        if (!onBoard(x, y)) reject('code-4', 'outside the board')
        freeCell(db, x, y)
        db.units.insert({ id: unit, owner: player, x, y, hp })
        addScore(db, player, { alive: 1 })
        finish(db, row, message.position, 'spawn', { player, unit, target: 0, x, y, dmg: 0 })
      },
    },
    move: {
      params: ints('player', 'unit', 'x', 'y'),
      reduce({ args: { player, unit: id, x, y }, db, message }) {
        const row = gameOnTurn(db, player)
        const unit = ownUnit(db, player, id)
        if (!onBoard(x, y)) reject('code-4', 'outside the board')
        if (!within(MOVE, unit, x, y)) reject('code-5', 'too far')
        freeCell(db, x, y)
        db.units.update(unit, { x, y })
        addScore(db, player, { moves: 1 })
        finish(db, row, message.position, 'move', { player, unit: id, target: 0, x, y, dmg: 0 })
      },
    },
    attack: {
      params: ints('player', 'unit', 'target', 'roll'),
      reduce({ args: { player, unit: id, target: targetId, roll }, db, message }) {
        const row = gameOnTurn(db, player)
        const unit = ownUnit(db, player, id)
        const target = db.units.get(targetId)
        if (target === undefined || target.hp <= 0) reject('code-7', 'no such living target')
        if (target.owner === player) reject('code-8', 'the target is an own unit')
        if (!within(RANGE, unit, target.x, target.y)) reject('code-5', 'too far')
        const dmg = damageOf(roll)
        const killed = dmg >= target.hp
        let winner = row.winner
        if (dmg > 0) {
          db.units.update(target, { hp: target.hp - dmg })
          addScore(db, player, { damage: dmg, kills: killed ? 1 : 0 })
          if (killed && addScore(db, 1 - player, { alive: -1 }).alive === 0 && winner < 0) winner = player
        }
        finish(db, row, message.position, 'attack', { player, unit: id, target: targetId, x: target.x, y: target.y, dmg }, winner)
      },
    },
  },
})
