// Tables with every column type and every constraint.
import { ColumnType, Comparison, Fields, Record, Table, Value } from '@foldb/assemblyscript/assembly'

export class Everything extends Record {
  id: i64
  flag: bool
  small: i16
  whole: i32
  real: f64
  money: string = '0'
  words: string = ''
  raw: Uint8Array = new Uint8Array(0)
  uuid: string = '00000000-0000-0000-0000-000000000000'
  day: string = '2000-01-01'
  moment: string = '2000-01-01 00:00:00+00'
  json: string = 'null'
  note: Value = Value.none()
  fields(f: Fields): void {
    this.id = f.bigint('id', this.id)
    this.flag = f.boolean('flag', this.flag)
    this.small = f.smallint('small', this.small)
    this.whole = f.integer('whole', this.whole)
    this.real = f.float('real', this.real)
    this.money = f.numeric('money', this.money, 10, 2)
    this.words = f.text('words', this.words)
    this.raw = f.bytes('raw', this.raw)
    this.uuid = f.uuid('uuid', this.uuid)
    this.day = f.date('day', this.day)
    this.moment = f.timestamptz('moment', this.moment)
    this.json = f.jsonb('json', this.json)
    this.note = f.nullable('note', ColumnType.text, this.note)
  }
}

export class Child extends Record {
  id: i32
  parent: i64
  fields(f: Fields): void {
    this.id = f.integer('id', this.id)
    this.parent = f.bigint('parent', this.parent)
  }
}

// What the reducer saw, as text.
export class Seen extends Record {
  position: i64
  what: string = ''
  fields(f: Fields): void {
    this.position = f.bigint('position', this.position)
    this.what = f.text('what', this.what)
  }
}

export const everything = new Table<Everything>('everything', ['id'])
export const children = new Table<Child>('child', ['id'])
export const seen = new Table<Seen>('seen', ['position'])

everything.index('everything_words', ['words', 'small'])
everything
  .uniqueIndex('everything_uuid', ['uuid'])
  .where('note', Comparison.isNull)
  .where('flag', Comparison.equal, Value.boolean(true))
  .whereColumn('small', Comparison.notEqual, 'small')
everything.check('everything_whole').that('whole', Comparison.greaterOrEqual, Value.integer(0))
everything.check('everything_real').that('real', Comparison.less, Value.float(1.5e300)).that('words', Comparison.notEqual, Value.text('no'))
everything.check('everything_raw').that('raw', Comparison.notEqual, Value.bytes(new Uint8Array(1))).that('id', Comparison.isNotNull)
everything.check('everything_order').thatColumn('id', Comparison.lessOrEqual, 'id')
children.index('child_parent', ['parent'])
children.foreignKey('child_parent_fkey', ['parent'], 'everything')
