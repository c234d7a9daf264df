/** The tables against PostgreSQL with all constraints declared: the same refusals, rows and orders, operation by operation. */
import { PGlite } from '@electric-sql/pglite'
import { DEFAULT_PROFILE, DbError, type Row, type Table } from '@foldb/abi'
import { canonicalValue } from '@foldb/state-tree'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { createTables } from '../src/tables.ts'
import type { RowOperation } from '../src/testing/scripted-reducer.ts'
import { PostgresTables } from './postgres-tables.ts'
import { Dice, rollOperation, rollSchema } from './random-schemas.ts'

const OPERATIONS = 120 * Number(process.env['FOLDB_RUNS'] ?? 1)
const SCHEMAS = 14

/** Numbers that look random, the same on every run. */
function numbersOf(seed: number, count: number): number[] {
  let state = seed
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return (state >>> 8) % 10_007
  })
}

async function answerOf(run: () => unknown): Promise<unknown> {
  try {
    return (await run()) ?? 'done'
  } catch (error) {
    if (DbError.is(error)) return `${error.sqlstate} ${error.constraint}`
    throw error
  }
}

/** Whether the operation came as far as the constraints, where PostgreSQL has a say. */
function isDecidedByConstraints(answer: unknown): boolean {
  return typeof answer !== 'string' || answer === 'done' || answer.startsWith('23')
}

function canonicalRow({ columns }: Table, row: Row): Row {
  return row.map((value, i) => canonicalValue(columns[i]!.type, value))
}

async function answerOfPostgres(postgres: PostgresTables, table: Table, operation: RowOperation): Promise<unknown> {
  if (operation.op === 'insert' || operation.op === 'put') {
    return answerOf(() => postgres.write(table.name, canonicalRow(table, operation.row), operation.op === 'put'))
  }
  if (operation.op !== 'delete') throw new Error(`no statement for ${operation.op}`)
  const key = operation.key.map((value, i) => canonicalValue(table.columns[table.primaryKey[i]!]!.type, value))
  return answerOf(() => postgres.delete(table.name, key))
}

describe('row operations on PostgreSQL', () => {
  let pg: PGlite
  beforeAll(async () => {
    pg = await PGlite.create()
  })
  afterAll(() => pg.close())

  it.each(Array.from({ length: SCHEMAS }, (_, seed) => seed))('agree with it on schema %i', async (seed) => {
    const schema = rollSchema(new Dice(numbersOf(1000 + seed, 97)))
    const postgres = await PostgresTables.open(pg, schema)
    const tables = createTables(schema, DEFAULT_PROFILE)
    for (let i = 0; i < OPERATIONS; i++) {
      const operation = rollOperation(new Dice(numbersOf(seed * 100_000 + i, 61)), schema, (name) => tables.rows(name))
      if (operation.op === 'get' || operation.op === 'scan') continue
      const answer = await answerOf(() =>
        'row' in operation ? tables[operation.op](operation.table, operation.row) : tables.delete(operation.table, operation.key),
      )
      // a null in a key is refused here and finds nothing there
      if (!isDecidedByConstraints(answer) || ('key' in operation && operation.key.includes(null))) continue
      const table = schema.find(({ name }) => name === operation.table)!
      expect(await answerOfPostgres(postgres, table, operation), `${i}: ${operation.op} ${operation.table}`).toEqual(answer)
    }
    for (const { name, indexes } of schema) {
      for (const index of ['', ...indexes.map((one) => one.name)]) {
        const all = { lower: { kind: 'open' }, upper: { kind: 'open' }, limit: 0, descending: false } as const
        expect(await postgres.scan(name, index), `${name} by ${index}`).toEqual(tables.scan(name, index, all))
      }
    }
  })
})
