/** The mirror on a real PGlite, in this thread. */
import { FoldbError, type Row, type Table } from '@foldb/abi'
import type { RowChange } from '@foldb/derivation-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createViews } from '../src/create-views.ts'
import { mirrorDdl } from '../src/ddl.ts'
import { openMirror } from '../src/mirror.ts'
import { openPostgres, type Postgres } from '../src/open-postgres.ts'
import { readerRole } from '../src/reader-role.ts'
import { column, table, units } from './tables.ts'

const unit = (id: number, name: string, x: number | null = null, hp = 10): RowChange => ({ table: 0, key: [id], row: [id, name, x, hp] })
const gone = (id: number): RowChange => ({ table: 0, key: [id], row: undefined })

describe('openMirror', () => {
  it('shows what was applied, and where it stands', async () => {
    await using mirror = await openMirror({ tables: [units] })
    expect(mirror.position).toBe(0)
    mirror.apply([unit(1, 'ann'), unit(2, 'bob', 4)], 7)
    expect(mirror.position).toBe(7)
    const result = await mirror.query('select * from units where hp > $1 order by id', [5])
    expect(result).toEqual({
      columns: ['id', 'name', 'x', 'hp'],
      rows: [
        [1, 'ann', null, 10],
        [2, 'bob', 4, 10],
      ],
    })
  })

  it('takes a change set in which two rows swap a unique value', async () => {
    await using mirror = await openMirror({ tables: [units] })
    mirror.apply([unit(1, 'ann', 1), unit(2, 'bob', 2)], 1)
    await mirror.query('select 1')
    mirror.apply([unit(1, 'ann', 2), unit(2, 'bob', 1)], 2)
    expect((await mirror.query('select id, x from units order by id')).rows).toEqual([
      [1, 2],
      [2, 1],
    ])
  })

  it('takes rows before what they refer to', async () => {
    const parents = table('parents', [column('id', 'integer', false)])
    const children = table('children', [column('id', 'integer', false), column('parent', 'integer', false)], {
      foreignKeys: [{ name: 'children_parent', columns: [1], references: 'parents' }],
    })
    await using mirror = await openMirror({ tables: [children, parents] })
    mirror.apply([{ table: 0, key: [1], row: [1, 5] }], 1)
    expect((await mirror.query('select * from children')).rows).toEqual([[1, 5]])
  })

  it('keeps the last word on a key, whether or not somebody asks in between', async () => {
    await using lazy = await openMirror({ tables: [units] })
    await using eager = await openMirror({ tables: [units] })
    const history = [[unit(1, 'a'), unit(2, 'b')], [gone(1), unit(3, 'c')], [unit(1, 'd')], [gone(3), gone(2)], [unit(2, 'e'), gone(9)]]
    for (const [i, changes] of history.entries()) {
      lazy.apply(changes, i + 1)
      eager.apply(changes, i + 1)
      await eager.query('select 1')
    }
    const all = 'select * from units order by id'
    expect(await lazy.query(all)).toEqual(await eager.query(all))
    expect((await lazy.query(all)).rows.map((row) => row[1])).toEqual(['d', 'e'])
  })

  it('writes batches when they are full and does not grow under churn', async () => {
    await using mirror = await openMirror({ tables: [units] })
    for (let round = 0; round < 6; round++) {
      mirror.apply(
        Array.from({ length: 10_000 }, (_, id) => unit(id, `unit ${round}`)),
        round,
      )
    }
    const { rows } = await mirror.query("select count(*), min(name), pg_relation_size('units') < 4000000 from units")
    expect(rows).toEqual([[10_000, 'unit 5', true]])
  })

  it('starts without tables', async () => {
    await using mirror = await openMirror({ tables: [] })
    expect((await mirror.query('select 1 as one')).rows).toEqual([[1]])
  })

  it.each<[string, RowChange, string]>([
    ['an unknown table', { table: 1, key: [1], row: undefined }, 'expected a table below 1, got 1'],
    [
      'a key that is too long',
      { table: 0, key: [1, 2], row: undefined },
      'expected 1 key and 4 row values for units, got 2 key and no row values',
    ],
    ['a row that is too short', { table: 0, key: [1], row: [1] }, 'expected 1 key and 4 row values for units, got 1 key and 1 row values'],
  ])('refuses %s and takes nothing of that set', async (_, change, text) => {
    await using mirror = await openMirror({ tables: [units] })
    expect(() => mirror.apply([unit(1, 'ann'), change], 1)).toThrow(text)
    expect((await mirror.query('select count(*) from units')).rows).toEqual([[0]])
    expect(mirror.position).toBe(0)
  })

  it.each<[string, Row]>([
    ['a fraction for an integer', [1.5, 'a', null, 1]],
    ['an integer that is too large', [2 ** 31, 'a', null, 1]],
    ['a number for a text', [1, 5, null, 1]],
  ])('is broken for good after %s', async (_, row) => {
    await using mirror = await openMirror({ tables: [units] })
    mirror.apply([{ table: 0, key: [1], row }], 1)
    await expect(mirror.query('select 1')).rejects.toMatchObject({ name: 'Fault', code: 'bad-mirror-value' })
    await expect(mirror.query('select 1')).rejects.toMatchObject({ code: 'bad-mirror-value' })
    expect(() => mirror.apply([], 2)).toThrow('expected')
  })

  it('is broken for good when PostgreSQL takes a row not', async () => {
    await using mirror = await openMirror({ tables: [units] })
    mirror.apply([{ table: 0, key: [1], row: [1, null, null, 1] }], 1)
    await expect(mirror.query('select 1')).rejects.toMatchObject({ name: 'Fault', code: 'mirror-failed' })
    await expect(mirror.query('select 1')).rejects.toMatchObject({ code: 'mirror-failed' })
  })

  it('answers nothing once it is closed, and may be closed twice', async () => {
    const mirror = await openMirror({ tables: [units] })
    await mirror[Symbol.asyncDispose]()
    await mirror[Symbol.asyncDispose]()
    await expect(mirror.query('select 1')).rejects.toMatchObject({ code: 'mirror-closed' })
    expect(() => mirror.apply([], 1)).toThrow('closed')
  })

  it('holds two mirrors apart', async () => {
    await using one = await openMirror({ tables: [units] })
    await using other = await openMirror({ tables: [units] })
    one.apply([unit(1, 'ann')], 1)
    expect((await one.query('select count(*) from units')).rows).toEqual([[1]])
    expect((await other.query('select count(*) from units')).rows).toEqual([[0]])
  })
})

describe('views', () => {
  const strong = { name: 'strong', query: 'select id, name from units where hp > 5 -- for people' }

  it('can be read, also one through another', async () => {
    await using mirror = await openMirror({
      tables: [units],
      views: [strong, { name: 'names', query: 'SELECT name FROM strong ORDER BY id;' }],
    })
    mirror.apply([unit(1, 'ann', null, 9), unit(2, 'bob', null, 1)], 1)
    expect((await mirror.query('select * from names')).rows).toEqual([['ann']])
    const owner = await mirror.query(
      "select viewowner, reloptions from pg_views join pg_class on relname = viewname where viewname = 'strong'",
    )
    expect(owner.rows).toEqual([['foldb_views', ['security_invoker=true']]])
  })

  let postgres: Postgres
  beforeAll(async () => {
    postgres = await openPostgres()
    postgres.client.run(mirrorDdl([units]))
  })
  afterAll(async () => postgres[Symbol.asyncDispose]())

  it.each([
    ['select nothing from units', '42703'],
    ['select 1; drop table units', '42601'],
    ['select 1) with check option; --', '42601'],
    ['select 1 as a with check option', '42601'],
    ['with gone as (delete from units returning id) select * from gone', '0A000'],
    ['select * into copied from units', 'INTO'],
    ['delete from units returning id', 'expected one SELECT'],
    ['explain select 1', 'expected one SELECT'],
    ['', 'expected one SELECT'],
    ['select 1\0', 'U+0000'],
    ['select id from units where id = $1', 'parameters'],
    ['select id, id from units', '42701'],
  ])('refuses %j and leaves nothing behind', (query, reason) => {
    const { client } = postgres
    const relations = (): number => client.run("select 1 from pg_class where relnamespace = 'public'::regnamespace").rows.length
    const before = relations()
    const error = thrownBy(() => createViews(client, readerRole(client), [{ name: 'bad one', query }]))
    expect(FoldbError.is(error) && error.code).toBe('bad-view')
    expect((error as FoldbError).message).toContain('bad view "bad one": ')
    expect((error as FoldbError).message).toContain(reason)
    expect((error as FoldbError).fields).toEqual({ view: 'bad one' })
    expect(relations()).toBe(before)
    expect(client.module._GetUserId()).toBe(10)
  })

  it('refuses a name that a table has', async () => {
    await expect(openMirror({ tables: [units], views: [{ name: 'units', query: 'select 1' }] })).rejects.toMatchObject({ code: 'bad-view' })
  })
})

describe('names', () => {
  it('are taken as they are, whatever they say', async () => {
    const odd: Table = table('a"; drop table b; --', [column('"', 'integer', false), column('select', 'text')], {
      indexes: [{ name: 'an "index"', columns: [1], unique: false, where: [] }],
    })
    await using mirror = await openMirror({ tables: [odd], views: [{ name: 'a "view"', query: 'select 1 as one' }] })
    mirror.apply([{ table: 0, key: [1], row: [1, 'x'] }], 1)
    await mirror.query('select 1')
    mirror.apply([{ table: 0, key: [1], row: [1, 'y'] }], 1)
    expect((await mirror.query('select "select" from "a""; drop table b; --"')).rows).toEqual([['y']])
    expect((await mirror.query('select one from "a ""view"""')).rows).toEqual([[1]])
  })
})

function thrownBy(work: () => void): unknown {
  try {
    work()
  } catch (error) {
    return error
  }
  return undefined
}
