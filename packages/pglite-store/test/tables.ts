/** Tables that the tests of this package share. */
import type { Column, ColumnType, Table } from '@foldb/abi'

export function column(name: string, type: ColumnType, nullable = true): Column {
  return { name, type, nullable }
}

export function table(name: string, columns: readonly Column[], rest: Partial<Table> = {}): Table {
  return { name, columns, primaryKey: [0], indexes: [], checks: [], foreignKeys: [], ...rest }
}

/** Units on a board: no two on one square. */
export const units: Table = table(
  'units',
  [column('id', 'integer', false), column('name', 'text', false), column('x', 'integer'), column('hp', 'smallint', false)],
  { indexes: [{ name: 'units_x', columns: [2], unique: true, where: [] }] },
)

/** One nullable column of every type, behind an integer key. */
export const everything: Table = table('everything', [
  column('id', 'integer', false),
  column('a_boolean', 'boolean'),
  column('a_smallint', 'smallint'),
  column('an_integer', 'integer'),
  column('a_bigint', 'bigint'),
  column('a_float', 'double-precision'),
  column('a_numeric', { numeric: { precision: 40, scale: 11 } }),
  column('a_text', 'text'),
  column('some_bytes', 'bytea'),
  column('a_uuid', 'uuid'),
  column('a_date', 'date'),
  column('a_time', 'timestamptz'),
  column('a_json', 'jsonb'),
])

/** A key of every type that may be one, under names that are words of SQL. */
export const keys: Table = table(
  'order',
  [
    column('boolean', 'boolean', false),
    column('select', 'smallint', false),
    column('user', 'bigint', false),
    column('numeric', { numeric: { precision: 6, scale: 2 } }, false),
    column('text', 'text', false),
    column('from', 'bytea', false),
    column('uuid', 'uuid', false),
    column('date', 'date', false),
    column('when', 'timestamptz', false),
    column('value', 'integer'),
  ],
  { primaryKey: [0, 1, 2, 3, 4, 5, 6, 7, 8] },
)

/** How often properties run: FOLDB_RUNS times as often as usual. */
export function runs(usual: number): number {
  return usual * Number(process.env['FOLDB_RUNS'] ?? 1)
}
