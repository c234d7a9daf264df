/** What an author's editor knows; checked by tsc, never run. */
import { describe, expectTypeOf, it } from 'vitest'
import {
  bigint,
  boolean,
  bytea,
  type Context,
  type Database,
  defineReducer,
  type GenesisArgs,
  gt,
  index,
  integer,
  lte,
  column,
  type MessageArgs,
  type NewRowOf,
  numeric,
  references,
  reject,
  type RowOf,
  table,
  text,
} from './index.ts'

const units = table({
  columns: {
    id: integer(),
    owner: text<'red' | 'blue'>(),
    x: integer(),
    y: integer(),
    hp: integer(),
    worth: numeric(10, 2),
    note: text().nullable(),
    big: bigint(),
  },
  primaryKey: ['id'],
  indexes: {
    cell: index(['x', 'y'], { unique: true, where: gt('hp', 0) }),
    owner: index(['owner', 'hp']),
    note: index(['note'], { unique: true }),
  },
  checks: { hp: lte('hp', column('x')) },
})
const pairs = table({ columns: { a: text(), b: integer(), c: boolean() }, primaryKey: ['a', 'b'] })
const tables = { units, pairs }

type Unit = RowOf<typeof units>

declare const db: Database<typeof tables>

describe('what an editor knows', () => {
  it('rows as they are declared', () => {
    expectTypeOf<Unit>().toEqualTypeOf<{
      readonly id: number
      readonly owner: 'red' | 'blue'
      readonly x: number
      readonly y: number
      readonly hp: number
      readonly worth: string
      readonly note: string | null
      readonly big: number | bigint
    }>()
    expectTypeOf<NewRowOf<typeof units>['note']>().toEqualTypeOf<string | null | undefined>()
  })

  it('what each access takes and gives', () => {
    expectTypeOf(db.units.get).parameters.toEqualTypeOf<[number]>()
    expectTypeOf(db.units.get(1)).toEqualTypeOf<Unit | undefined>()
    expectTypeOf(db.pairs.get).parameters.toEqualTypeOf<[string, number]>()
    expectTypeOf(db.pairs.delete('a', 1)).toEqualTypeOf<boolean>()
    expectTypeOf(db.units.by.cell.get(1, 2)).toEqualTypeOf<Unit | undefined>()
    expectTypeOf(db.units.by.note.get).parameters.toEqualTypeOf<[string]>()
    expectTypeOf(db.units.by.owner.all('red')).toEqualTypeOf<Unit[]>()
    expectTypeOf(db.units.by.owner.scan({ from: ['red', 3], before: ['red'] })).toEqualTypeOf<Unit[]>()
    expectTypeOf(db.units.update(db.units.get(1)!, { hp: 3 })).toEqualTypeOf<Unit>()
  })

  it('no access that is not declared', () => {
    // @ts-expect-error an index that is not unique has no get
    db.units.by.owner.get('red', 1)
    // @ts-expect-error a column of another type
    db.units.by.owner.all('green')
    // @ts-expect-error too few key columns
    db.pairs.get('a')
    // @ts-expect-error a primary key cannot change
    db.units.update(db.units.get(1)!, { id: 2 })
    // @ts-expect-error a column is missing
    db.pairs.insert({ a: 'x', b: 1 })
    // @ts-expect-error a column too many
    db.pairs.insert({ a: 'x', b: 1, c: true, d: 1 })
    // @ts-expect-error not null
    db.pairs.insert({ a: 'x', b: 1, c: null })
    // @ts-expect-error no such table
    void db.nowhere
  })

  it('no table that cannot be', () => {
    // @ts-expect-error an index over a column that is not there
    table({ columns: { id: integer() }, primaryKey: ['id'], indexes: { i: index(['nope']) } })
    // @ts-expect-error a condition on a column that is not there
    table({ columns: { id: integer() }, primaryKey: ['id'], indexes: { i: index(['id'], { where: gt('nope', 1) }) } })
    // @ts-expect-error a key over a column that is not there
    table({ columns: { id: integer() }, primaryKey: ['nope'] })
    // @ts-expect-error a reference from a column that is not there
    table({ columns: { id: integer() }, primaryKey: ['id'], foreignKeys: { f: references(['nope'], 'units') } })
    // @ts-expect-error a table without a key
    table({ columns: { id: integer() }, primaryKey: [] })
  })

  it('arguments, context and verdict', () => {
    const reducer = defineReducer({
      name: 'types',
      version: '1.0.0',
      tables,
      verdict: 'pairs',
      genesis: { red: text(), size: integer().nullable() },
      init({ args, db: own }) {
        expectTypeOf(args).toEqualTypeOf<{ readonly red: string; readonly size: number | null }>()
        expectTypeOf(own).toEqualTypeOf<Database<typeof tables>>()
      },
      messages: {
        move: {
          params: { unit: integer(), amount: bigint(), raw: bytea().nullable() },
          reduce({ args, db: own, message, entropy, log }) {
            expectTypeOf(args).toEqualTypeOf<{ readonly unit: number; readonly amount: number | bigint; readonly raw: Uint8Array | null }>()
            const unit = own.units.get(args.unit)
            if (unit === undefined) reject('no-such-unit')
            expectTypeOf(unit).toEqualTypeOf<Unit>()
            expectTypeOf(own.units.get(1) ?? reject('no')).toEqualTypeOf<Unit>()
            expectTypeOf(message.position).toEqualTypeOf<number>()
            expectTypeOf(entropy.pick(['a', 'b'])).toEqualTypeOf<string>()
            log.info(message.sender)
          },
        },
        stop: {
          params: {},
          reduce({ args }) {
            expectTypeOf(args).toEqualTypeOf<{}>()
          },
        },
      },
    })

    expectTypeOf<MessageArgs<typeof reducer, 'move'>['amount']>().toEqualTypeOf<number | bigint>()
    expectTypeOf<MessageArgs<typeof reducer, 'nothing'>>().toEqualTypeOf<never>()
    expectTypeOf<GenesisArgs<typeof reducer>>().toEqualTypeOf<{ readonly red: string; readonly size: number | null }>()
    expectTypeOf<Context<typeof tables, { n: ReturnType<typeof integer> }>['args']>().toEqualTypeOf<{ readonly n: number }>()

    // @ts-expect-error the verdict is a declared table
    defineReducer({ name: 'x', version: '1', tables, verdict: 'nowhere', messages: {} })
    // @ts-expect-error numeric is no parameter
    defineReducer({ name: 'x', version: '1', tables, messages: { m: { params: { n: numeric(3) }, reduce() {} } } })
  })
})
