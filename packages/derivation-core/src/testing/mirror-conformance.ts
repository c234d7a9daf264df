/** What every relational mirror has to do: it shows the rows of a fold to people, in SQL. */
import { DEFAULT_PROFILE, type Row, type Table, type View } from '@foldb/abi'
import { afterEach, describe, expect, it } from 'vitest'

import type { RelationalMirror } from '../ports.ts'
import { type StateTables, createTables } from '../tables.ts'
import { SAMPLE_TABLES } from './sample-tables.ts'

/** Opens an empty mirror. */
export type OpenMirror = (options: { readonly tables: readonly Table[]; readonly views: readonly View[] }) => Promise<RelationalMirror>

const VIEWS: readonly View[] = [{ name: 'team_sizes', query: 'SELECT team, count(*) AS size FROM units GROUP BY team' }]

const SAMPLE: Row = [
  "it's \\ é\n\t",
  7,
  true,
  -(2n ** 63n),
  0.1,
  '12.50',
  Uint8Array.of(0, 255, 10),
  '6f9619ff-8b86-d011-b42d-00c04fc964ff',
  '2024-02-29',
  '2024-02-29 10:00:00.5+00',
  '{"a": ["\\"", 1.0]}',
]

function sampleTables(): StateTables {
  const tables = createTables(SAMPLE_TABLES, DEFAULT_PROFILE)
  tables.insert('teams', ['red', null])
  tables.insert('teams', ['blue', 'hold'])
  tables.insert('units', [1, 'red', 0, 0, 10, 1])
  tables.insert('units', [2, 'blue', 1, 0, 20, 1])
  return tables
}

/** Runs the suite. @param name what is tested */
export function mirrorConformance(name: string, open: OpenMirror): void {
  describe(`${name} as a relational mirror`, () => {
    const opened: RelationalMirror[] = []
    const mirror = async (): Promise<RelationalMirror> => {
      const one = await open({ tables: SAMPLE_TABLES, views: VIEWS })
      opened.push(one)
      return one
    }
    afterEach(async () => {
      for (const one of opened.splice(0)) await one[Symbol.asyncDispose]()
    })
    describeRows(mirror)
    describeQueries(mirror)
  })
}

type Open = () => Promise<RelationalMirror>

/** The rows of a query whose columns are all text. */
async function texts(mirror: RelationalMirror, query: string, params?: readonly unknown[]): Promise<readonly (readonly unknown[])[]> {
  return (await mirror.query(query, params)).rows
}

function describeRows(open: Open): void {
  it('starts empty at position 0', async () => {
    const mirror = await open()
    expect(mirror.position).toBe(0)
    expect(await texts(mirror, 'SELECT count(*)::text FROM units')).toEqual([['0']])
  })

  it('shows all that was applied before a query', async () => {
    const mirror = await open()
    const tables = sampleTables()
    mirror.apply(tables.takeChanges(), 3)
    expect(mirror.position).toBe(3)
    expect(await texts(mirror, 'SELECT id::text, team, hp::text FROM units ORDER BY id')).toEqual([
      ['1', 'red', '10'],
      ['2', 'blue', '20'],
    ])
    tables.put('units', [1, 'red', 5, 5, null, null])
    tables.delete('units', [2])
    tables.insert('units', [3, 'blue', 6, 6, 1, null])
    mirror.apply(tables.takeChanges(), 4)
    tables.delete('units', [3])
    mirror.apply(tables.takeChanges(), 5)
    expect(await texts(mirror, 'SELECT id::text, x::text, hp::text, leader::text FROM units ORDER BY id')).toEqual([['1', '5', null, null]])
    expect(mirror.position).toBe(5)
  })

  it('takes references, uniqueness and deletes in any order within a change set', async () => {
    const mirror = await open()
    const tables = sampleTables()
    mirror.apply(tables.takeChanges(), 1)
    tables.put('units', [1, 'red', 7, 7, 10, null])
    tables.put('units', [2, 'red', 0, 0, 20, null])
    tables.put('units', [1, 'red', 1, 0, 10, 2])
    tables.delete('teams', ['blue'])
    mirror.apply(tables.takeChanges(), 2)
    expect(await texts(mirror, 'SELECT id::text, x::text, leader::text FROM units ORDER BY id')).toEqual([
      ['1', '1', '2'],
      ['2', '0', null],
    ])
    expect(await texts(mirror, 'SELECT name FROM teams')).toEqual([['red']])
  })

  it('shows every type as PostgreSQL writes it', async () => {
    const mirror = await open()
    const tables = sampleTables()
    tables.insert('samples', SAMPLE)
    tables.insert('samples', ['', 0, ...Array.from({ length: 9 }, () => null)])
    mirror.apply(tables.takeChanges(), 1)
    const columns = SAMPLE_TABLES[2]!.columns.map((column) => `${column.name}::text`).join(', ')
    expect(await texts(mirror, `SELECT ${columns} FROM samples ORDER BY number DESC`)).toEqual([
      [
        "it's \\ é\n\t",
        '7',
        'true',
        '-9223372036854775808',
        '0.1',
        '12.50',
        '\\x00ff0a',
        '6f9619ff-8b86-d011-b42d-00c04fc964ff',
        '2024-02-29',
        '2024-02-29 10:00:00.5+00',
        '{"a": ["\\"", 1.0]}',
      ],
      ['', '0', ...Array.from({ length: 9 }, () => null)],
    ])
  })

  it('keeps NaN and the infinities', async () => {
    const mirror = await open()
    const tables = sampleTables()
    for (const [i, real] of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 5e-324].entries()) {
      tables.insert('samples', ['w', i, null, null, real, null, null, null, null, null, null])
    }
    mirror.apply(tables.takeChanges(), 1)
    expect(await texts(mirror, 'SELECT real::text FROM samples ORDER BY number')).toEqual([
      ['NaN'],
      ['Infinity'],
      ['-Infinity'],
      ['5e-324'],
    ])
  })

  it('takes many rows at once', async () => {
    const mirror = await open()
    const tables = sampleTables()
    for (let i = 0; i < 5000; i++) tables.insert('teams', [`team ${i}`, null])
    mirror.apply(tables.takeChanges(), 1)
    for (let i = 0; i < 5000; i += 2) tables.delete('teams', [`team ${i}`])
    mirror.apply(tables.takeChanges(), 2)
    expect(await texts(mirror, 'SELECT count(*)::text FROM teams')).toEqual([['2502']])
  })
}

function describeQueries(open: Open): void {
  it('names the columns of a result', async () => {
    const mirror = await open()
    const { columns, rows } = await mirror.query("SELECT 'a' AS first, 'b' AS second")
    expect(columns).toEqual(['first', 'second'])
    expect(rows).toEqual([['a', 'b']])
  })

  it('binds parameters', async () => {
    const mirror = await open()
    mirror.apply(sampleTables().takeChanges(), 1)
    expect(await texts(mirror, 'SELECT name FROM teams WHERE name = $1', ['red'])).toEqual([['red']])
    expect(await texts(mirror, 'SELECT name FROM teams WHERE name = $1', ["red' OR true --"])).toEqual([])
  })

  it('answers from the views', async () => {
    const mirror = await open()
    mirror.apply(sampleTables().takeChanges(), 1)
    expect(await texts(mirror, 'SELECT team, size::text FROM team_sizes ORDER BY team')).toEqual([
      ['blue', '1'],
      ['red', '1'],
    ])
  })

  it.each([
    'DELETE FROM units',
    "INSERT INTO teams VALUES ('green')",
    'UPDATE units SET hp = 0',
    'DROP TABLE units CASCADE',
    'CREATE TABLE more (id int)',
    'WITH gone AS (DELETE FROM units RETURNING id) SELECT id::text FROM gone',
  ])('refuses to change anything: %s', async (statement) => {
    const mirror = await open()
    mirror.apply(sampleTables().takeChanges(), 1)
    await expect(mirror.query(statement)).rejects.toThrow()
    expect(await texts(mirror, 'SELECT count(*)::text FROM units')).toEqual([['2']])
  })

  it('goes on after a query that failed', async () => {
    const mirror = await open()
    const tables = sampleTables()
    mirror.apply(tables.takeChanges(), 1)
    await expect(mirror.query('SELECT 1 / 0')).rejects.toThrow()
    await expect(mirror.query('SELECT FROM WHERE')).rejects.toThrow()
    tables.put('units', [1, 'red', 1, 1, 1, 1])
    mirror.apply(tables.takeChanges(), 2)
    expect(await texts(mirror, 'SELECT hp::text FROM units WHERE id = 1')).toEqual([['1']])
  })
}
