/** One real PostgreSQL for a test file, and columns of values in and out of it. */
import type { ColumnType, Value } from '@foldb/abi'
import { PGlite } from '@electric-sql/pglite'

/** How a column's type is called, with the collation that the protocol means. */
export function sqlType(type: ColumnType): string {
  if (typeof type === 'object') return `numeric(${type.numeric.precision}, ${type.numeric.scale})`
  switch (type) {
    case 'double-precision':
      return 'double precision'
    case 'text':
      return 'text COLLATE "C"'
    default:
      return type
  }
}

/** A value as text that PostgreSQL reads as the same value. */
export function toSql(value: Value): string | null {
  if (value === null) return null
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString('hex')}`
  return String(value)
}

export async function startPostgres(): Promise<PGlite> {
  const db = await PGlite.create()
  await db.exec(`SET timezone = 'UTC'; SET datestyle = 'ISO, MDY'; SET extra_float_digits = 1`)
  return db
}

/** A table with these columns c0, c1, … and a column `at` that numbers the rows from 0. */
export async function fillTable(db: PGlite, types: readonly ColumnType[], rows: readonly (readonly Value[])[]): Promise<void> {
  const columns = types.map((type, i) => `c${i} ${sqlType(type)}`).join(', ')
  await db.exec(`DROP TABLE IF EXISTS filled; CREATE TABLE filled (at integer, ${columns})`)
  const casts = types.map((type, i) => `(cells->>${i})::${sqlType(type)}`).join(', ')
  const json = JSON.stringify(rows.map((row) => row.map(toSql)))
  await db.query(`INSERT INTO filled SELECT n - 1, ${casts} FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS listed(cells, n)`, [
    json,
  ])
}
