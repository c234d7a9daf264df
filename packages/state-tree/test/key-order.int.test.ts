/** Keys sort as PostgreSQL sorts: protocol.md §8, on generated values in a real PostgreSQL. */
import type { ColumnType, Value } from '@foldb/abi'
import type { PGlite } from '@electric-sql/pglite'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compareBytes, encodeKey } from '../src/index.ts'
import { KEY_TYPES, NUMERICS, storedValue } from './arbitraries.ts'
import { fillTable, sqlType, startPostgres } from './postgres.ts'
import { runs } from './runs.ts'

const COMPOSITES: readonly (readonly ColumnType[])[] = [
  ['text', 'integer'],
  ['bytea', 'text', 'boolean'],
  [NUMERICS[0]!, 'date'],
  ['boolean', 'timestamptz', 'double-precision'],
  ['smallint', 'boolean', 'bytea', NUMERICS[2]!],
]

let db: PGlite

beforeAll(async () => {
  db = await startPostgres()
})

afterAll(async () => {
  await db.close()
})

async function expectSameOrder(types: readonly ColumnType[], rows: readonly (readonly Value[])[]): Promise<void> {
  await fillTable(db, types, rows)
  const order = types.map((_, i) => `c${i}`).join(', ')
  const sorted = await db.query<{ at: number }>(`SELECT at FROM filled ORDER BY ${order}, at`)
  const keys = rows.map((row) => encodeKey(0, 0, types, row))
  const ours = rows.map((_, at) => at).toSorted((a, b) => compareBytes(keys[a]!, keys[b]!) || a - b)
  const seen = sorted.rows.map(({ at }) => at)
  expect(seen.map((at) => rows[at])).toEqual(ours.map((at) => rows[at]))
  expect(seen).toEqual(ours)
}

describe('keys sort as PostgreSQL sorts', () => {
  for (const type of [...KEY_TYPES, 'double-precision' as const]) {
    it(`a column of ${sqlType(type)}, with nulls`, async () => {
      const values = fc.sample(fc.option(storedValue(type), { freq: 30 }), runs(300))
      await expectSameOrder(
        [type],
        values.map((value) => [value]),
      )
    })
  }

  for (const types of COMPOSITES) {
    it(`columns of ${types.map(sqlType).join(', ')}`, async () => {
      const few = types.map((type) => fc.constantFrom(...fc.sample(fc.option(storedValue(type)), { ...runs(1), numRuns: 6 })))
      const rows = fc.sample(fc.tuple(...types.map((type, i) => fc.oneof(few[i]!, storedValue(type)))), runs(300))
      await expectSameOrder(types, rows)
    })
  }
})
