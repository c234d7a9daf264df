// The tables of skirmish.
import { Comparison, Fields, Record, Table, Value } from '@foldb/assemblyscript/assembly'

export class Unit extends Record {
  id: i32
  owner: i32
  x: i32
  y: i32
  hp: i32
  fields(f: Fields): void {
    this.id = f.integer('id', this.id)
    this.owner = f.integer('owner', this.owner)
    this.x = f.integer('x', this.x)
    this.y = f.integer('y', this.y)
    this.hp = f.integer('hp', this.hp)
  }
}

// What an applied message did.
export class Event extends Record {
  seq: i64
  kind: string = ''
  player: i32
  unit: i32
  target: i32
  x: i32
  y: i32
  dmg: i32
  code: i32
  fields(f: Fields): void {
    this.seq = f.integer('seq', this.seq)
    this.kind = f.text('kind', this.kind)
    this.player = f.integer('player', this.player)
    this.unit = f.integer('unit', this.unit)
    this.target = f.integer('target', this.target)
    this.x = f.integer('x', this.x)
    this.y = f.integer('y', this.y)
    this.dmg = f.integer('dmg', this.dmg)
    this.code = f.integer('code', this.code)
  }
}

// Sums are wider than their columns, so that the table refuses what does not fit.
export class Score extends Record {
  player: i32
  kills: i64
  damage: i64
  moves: i64
  alive: i64
  fields(f: Fields): void {
    this.player = f.integer('player', this.player)
    this.kills = f.integer('kills', this.kills)
    this.damage = f.integer('damage', this.damage)
    this.moves = f.integer('moves', this.moves)
    this.alive = f.integer('alive', this.alive)
  }
}

export class Game extends Record {
  id: i32 = 1
  turn: i32
  accepted: i64
  winner: i32 = -1
  fields(f: Fields): void {
    this.id = f.integer('id', this.id)
    this.turn = f.integer('turn', this.turn)
    this.accepted = f.integer('accepted', this.accepted)
    this.winner = f.integer('winner', this.winner)
  }
}

export const units = new Table<Unit>('units', ['id'])
export const events = new Table<Event>('events', ['seq'])
export const scores = new Table<Score>('score', ['player'])
export const games = new Table<Game>('game', ['id'])

// A living unit has its cell to itself.
units.uniqueIndex('units_cell', ['x', 'y']).where('hp', Comparison.greater, Value.integer(0))
