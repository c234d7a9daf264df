// Messages with every parameter type.
import { ColumnType, Fields, Record, Value } from '@foldb/assemblyscript/assembly'

export class Genesis extends Record {
  start: i64
  note: Value = Value.none()
  fields(f: Fields): void {
    this.start = f.bigint('start', this.start)
    this.note = f.nullable('note', ColumnType.text, this.note)
  }
}

export class Store extends Record {
  id: i64
  flag: bool
  small: i16
  real: f64
  words: string = ''
  raw: Uint8Array = new Uint8Array(0)
  note: Value = Value.none()
  fields(f: Fields): void {
    this.id = f.bigint('id', this.id)
    this.flag = f.boolean('flag', this.flag)
    this.small = f.smallint('small', this.small)
    this.real = f.float('real', this.real)
    this.words = f.text('words', this.words)
    this.raw = f.bytes('raw', this.raw)
    this.note = f.nullable('note', ColumnType.text, this.note)
  }
}

export class Pair extends Record {
  id: i32
  parent: i64
  fields(f: Fields): void {
    this.id = f.integer('id', this.id)
    this.parent = f.bigint('parent', this.parent)
  }
}

export class Number extends Record {
  n: i64
  fields(f: Fields): void {
    this.n = f.bigint('n', this.n)
  }
}

export class Words extends Record {
  words: string = ''
  fields(f: Fields): void {
    this.words = f.text('words', this.words)
  }
}
