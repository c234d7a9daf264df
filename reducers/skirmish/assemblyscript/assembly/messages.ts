// The messages of skirmish.
import { Fields, Record } from '@foldb/assemblyscript/assembly'

export class Nothing extends Record {
  fields(f: Fields): void {}
}

export class Spawn extends Record {
  player: i32
  unit: i32
  x: i32
  y: i32
  hp: i32
  fields(f: Fields): void {
    this.player = f.integer('player', this.player)
    this.unit = f.integer('unit', this.unit)
    this.x = f.integer('x', this.x)
    this.y = f.integer('y', this.y)
    this.hp = f.integer('hp', this.hp)
  }
}

export class Move extends Record {
  player: i32
  unit: i32
  x: i32
  y: i32
  fields(f: Fields): void {
    this.player = f.integer('player', this.player)
    this.unit = f.integer('unit', this.unit)
    this.x = f.integer('x', this.x)
    this.y = f.integer('y', this.y)
  }
}

export class Attack extends Record {
  player: i32
  unit: i32
  target: i32
  roll: i32
  fields(f: Fields): void {
    this.player = f.integer('player', this.player)
    this.unit = f.integer('unit', this.unit)
    this.target = f.integer('target', this.target)
    this.roll = f.integer('roll', this.roll)
  }
}
