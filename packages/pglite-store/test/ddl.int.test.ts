/** DDL as PostgreSQL understands it. */
import type { Table } from '@foldb/abi'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mirrorDdl, schemaDdl } from '../src/ddl.ts'
import { createPGlite, type PGliteStore } from '../src/pglite-store.ts'
import { column, everything, keys, table, units } from './tables.ts'

const orders: Table = table(
  'orders',
  [
    column('id', 'integer', false),
    column('unit', 'integer', false),
    column('state', 'text', false),
    column('price', { numeric: { precision: 8, scale: 2 } }),
    column('limit', { numeric: { precision: 8, scale: 2 } }),
    column('rate', 'double-precision'),
    column('tag', 'bytea'),
  ],
  {
    indexes: [
      { name: 'orders_open', columns: [1], unique: true, where: [{ column: 2, comparison: 'equal', operand: { constant: "o'pen" } }] },
      {
        name: 'orders_tag',
        columns: [6],
        unique: false,
        where: [
          { column: 6, comparison: 'is-not-null', operand: { constant: null } },
          { column: 6, comparison: 'not-equal', operand: { constant: Uint8Array.of(1, 255) } },
        ],
      },
    ],
    checks: [
      { name: 'cheap', all: [{ column: 3, comparison: 'less-or-equal', operand: { column: 4 } }] },
      {
        name: 'finite',
        all: [
          { column: 5, comparison: 'less', operand: { constant: Infinity } },
          { column: 5, comparison: 'greater', operand: { constant: -Infinity } },
        ],
      },
      { name: 'no_price', all: [{ column: 3, comparison: 'greater-or-equal', operand: { constant: null } }] },
      { name: 'null_or_not', all: [{ column: 3, comparison: 'is-null', operand: { constant: null } }] },
      { name: 'nothing', all: [] },
    ],
    foreignKeys: [{ name: 'orders_unit', columns: [1], references: 'units' }],
  },
)

let db: PGliteStore

beforeAll(async () => {
  db = await createPGlite()
  await db.execute(schemaDdl([orders, units, everything, keys]))
  await db.execute('alter table orders drop constraint null_or_not')
  await db.execute("insert into units values (1, 'ann', 1, 1)")
})
afterAll(async () => db.close())

const fails = async (sql: string): Promise<unknown> =>
  db.execute(sql).then(
    () => undefined,
    (error: { fields: { sqlstate: string; constraint?: string } }) => error.fields,
  )

describe('schemaDdl', () => {
  it.each([
    ["insert into orders values (1, 9, 'x')", '23503', 'orders_unit'],
    ["insert into orders values (1, 1, 'x', 5, 4)", '23514', 'cheap'],
    ["insert into orders values (1, 1, 'x', null, null, 'Infinity')", '23514', 'finite'],
    ['insert into orders values (1, 1)', '23502', undefined],
    ["insert into orders values (1, 1, 'o''pen'), (2, 1, 'o''pen')", '23505', 'orders_open'],
    ["insert into orders values (1, 1, 'x'), (1, 1, 'x')", '23505', 'orders_pkey'],
    ["insert into units values (2, 'bob', 1, 1)", '23505', 'units_x'],
  ])('enforces what %s breaks', async (sql, sqlstate, constraint) => {
    expect(await fails(sql)).toMatchObject({ sqlstate, ...(constraint === undefined ? {} : { constraint }) })
  })

  it('lets through what breaks nothing', async () => {
    expect(
      await db.execute("begin; insert into orders values (1, 1, 'x', 4, 5, 1.5, '\\x01ff'), (2, 1, 'x', null, 3, null, null); rollback"),
    ).toBe(2)
  })

  it('keeps types', async () => {
    const types = await db.query(
      "select string_agg(format_type(atttypid, atttypmod), ',' order by attnum) t from pg_attribute where attrelid = 'everything'::regclass and attnum > 0",
    )
    expect(types).toEqual([
      { t: 'integer,boolean,smallint,integer,bigint,double precision,numeric(40,11),text,bytea,uuid,date,timestamp with time zone,jsonb' },
    ])
  })

  it('refuses references that lead nowhere', () => {
    const lost = table('lost', [column('id', 'integer', false)], { foreignKeys: [{ name: 'f', columns: [0], references: 'nowhere' }] })
    expect(() => schemaDdl([lost])).toThrow('nowhere')
    expect(() => schemaDdl([table('lost', [], {})])).toThrow('column 0')
  })
})

describe('mirrorDdl', () => {
  it('has primary keys and plain indexes and nothing else', async () => {
    await using mirror = await createPGlite()
    await mirror.execute(mirrorDdl([orders, units]))
    expect(await mirror.execute("insert into orders values (1, 9, 'o''pen', 5, 4), (2, 9, 'o''pen', 5, 4)")).toBe(2)
    const indexes = await mirror.query("select indexname, indexdef ~ 'UNIQUE' u from pg_indexes where schemaname = 'public' order by 1")
    expect(indexes).toEqual([
      { indexname: 'orders_open', u: false },
      { indexname: 'orders_pkey', u: true },
      { indexname: 'orders_tag', u: false },
      { indexname: 'units_pkey', u: true },
      { indexname: 'units_x', u: false },
    ])
  })
})
