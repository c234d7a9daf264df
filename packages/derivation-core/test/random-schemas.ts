/** Random schemas and row programs, read from lists of random numbers so that fast-check can shrink them. */
import type { Check, Column, ColumnType, Comparison, Condition, ForeignKey, Index, Row, Table, Value } from '@foldb/abi'

import type { Bound } from '../src/ports.ts'
import type { RowOperation } from '../src/testing/scripted-reducer.ts'

/** Reads choices from a list of numbers, around and around. */
export class Dice {
  readonly #numbers: readonly number[]
  #at = 0

  constructor(numbers: readonly number[]) {
    this.#numbers = numbers
  }

  /** A whole number below `sides`. */
  roll(sides: number): number {
    const lap = Math.floor(this.#at / this.#numbers.length)
    return ((this.#numbers[this.#at++ % this.#numbers.length] ?? 0) + lap * 7919) % sides
  }

  chance(percent: number): boolean {
    return this.roll(100) < percent
  }

  pick<T>(items: readonly T[]): T {
    return items[this.roll(items.length)]!
  }
}

const DECIMAL: ColumnType = { numeric: { precision: 5, scale: 2 } }
const TYPES: readonly ColumnType[] = [
  'integer',
  'text',
  'smallint',
  'bigint',
  'boolean',
  DECIMAL,
  'bytea',
  'uuid',
  'date',
  'timestamptz',
  'double-precision',
  'jsonb',
]
const KEY_TYPES = TYPES.slice(0, 10)

const VALID: Readonly<Record<string, readonly Value[]>> = {
  boolean: [true, false],
  smallint: [0, 1, 2, -1],
  integer: [0, 1, 2, 3, -2_147_483_648],
  bigint: [0, 1, 2n ** 62n, -(2n ** 60n)],
  'double-precision': [0, -0, 1.5, Number.NaN, Number.POSITIVE_INFINITY, -2, 3],
  numeric: ['1', '1.00', '1.005', 2, '999.99', '-0', '-12.5'],
  text: ['', 'a', 'b', 'aé', '\u{1F600}', '\u{E000}', 'constructor'],
  bytea: [new Uint8Array(0), Uint8Array.of(0), Uint8Array.of(0, 255), Uint8Array.of(1)],
  uuid: ['6F9619FF-8B86-D011-B42D-00C04FC964FF', '6f9619ff-8b86-d011-b42d-00c04fc964ff', '00000000-0000-0000-0000-000000000000'],
  date: ['2024-01-01', '2024-02-29', '1969-12-31'],
  timestamptz: ['2024-01-01T00:00:00Z', '2024-01-01 02:00:00+02', '2024-01-01 00:00:00.5+00', '1969-12-31 23:59:59Z'],
  jsonb: ['{"a":1}', '{"a": 1.0}', '[1,2]', 'null'],
}

const INVALID: Readonly<Record<string, readonly Value[]>> = {
  boolean: [1, 'true'],
  smallint: [40_000, 1.5],
  integer: [2_147_483_648, 'one', 0.5],
  bigint: [2n ** 64n, '5'],
  'double-precision': [2n ** 60n, '1.5'],
  numeric: ['1000', 'x', 1.5],
  text: ['a\0', 'x'.repeat(300), 5],
  bytea: ['00', new Uint8Array(300)],
  uuid: ['6f96', 6],
  date: ['2023-02-29', 20_240_101],
  timestamptz: ['now', 0],
  jsonb: ['{', 5],
}

/** A value for a column, now and then null or one that does not fit. */
export function rollValue(dice: Dice, type: ColumnType, nullPercent: number): Value {
  if (dice.chance(nullPercent)) return null
  const name = typeof type === 'object' ? 'numeric' : type
  return dice.pick(dice.chance(3) ? INVALID[name]! : VALID[name]!)
}

const COMPARISONS: readonly Comparison[] = ['equal', 'not-equal', 'less', 'less-or-equal', 'greater', 'greater-or-equal']
/** Canonical, so that a manifest may hold them. */
const CONSTANTS: Readonly<Record<string, readonly Value[]>> = {
  boolean: [true, false],
  smallint: [1, 0],
  integer: [1, 2],
  bigint: [1, 2n ** 62n],
  'double-precision': [1.5, 0],
  numeric: ['1.00', '2.00'],
  text: ['a', '\u{E000}'],
  bytea: [Uint8Array.of(0)],
  uuid: ['6f9619ff-8b86-d011-b42d-00c04fc964ff'],
  date: ['2024-01-01'],
  timestamptz: ['2024-01-01 00:00:00+00'],
}

function rollCondition(dice: Dice, columns: readonly Column[]): Condition {
  const column = dice.roll(columns.length)
  const { type } = columns[column]!
  if (type === 'jsonb' || dice.chance(30)) {
    return { column, comparison: dice.pick(['is-null', 'is-not-null'] as const), operand: { constant: null } }
  }
  const same = columns.flatMap((other, i) => (other.type === type && i !== column ? [i] : []))
  const operand =
    same.length > 0 && dice.chance(40)
      ? { column: dice.pick(same) }
      : { constant: dice.pick(CONSTANTS[typeof type === 'object' ? 'numeric' : type]!) }
  return { column, comparison: dice.pick(COMPARISONS), operand }
}

function rollColumns(dice: Dice, columns: readonly Column[], most: number): number[] {
  const allowed = columns.flatMap(({ type }, i) => (type === 'jsonb' ? [] : [i]))
  const chosen = new Set<number>()
  for (let i = 0; i <= dice.roll(most); i++) chosen.add(dice.pick(allowed))
  return [...chosen]
}

interface Draft {
  readonly name: string
  readonly columns: Column[]
  readonly primaryKey: readonly number[]
  readonly indexes: Index[]
  readonly checks: Check[]
  readonly foreignKeys: ForeignKey[]
}

function rollTable(dice: Dice, number: number): Draft {
  const keys = 1 + dice.roll(2)
  const columns: Column[] = []
  for (let i = 0; i < keys; i++) columns.push({ name: `k${i}`, type: dice.pick(KEY_TYPES), nullable: false })
  for (let i = dice.roll(4); i > 0; i--) columns.push({ name: `c${i}`, type: dice.pick(TYPES), nullable: dice.chance(60) })
  const primaryKey = keys === 2 && dice.chance(50) ? [1, 0] : Array.from({ length: keys }, (_, i) => i)
  return { name: `t${number}`, columns, primaryKey, indexes: [], checks: [], foreignKeys: [] }
}

/** Adds a foreign key with columns and an index of its own. */
function addForeignKey(dice: Dice, table: Draft, target: Draft): void {
  const number = table.foreignKeys.length
  const first = table.columns.length
  for (const [i, column] of target.primaryKey.entries()) {
    table.columns.push({ name: `f${number}_${i}`, type: target.columns[column]!.type, nullable: dice.chance(60) })
  }
  const columns = target.primaryKey.map((_, i) => first + i)
  table.indexes.push({ name: `${table.name}_f${number}_idx`, columns, unique: dice.chance(20), where: [] })
  table.foreignKeys.push({ name: `${table.name}_f${number}`, columns, references: target.name })
}

/** One to three tables that refer to each other and to themselves. */
export function rollSchema(dice: Dice): Table[] {
  const tables = Array.from({ length: 1 + dice.roll(3) }, (_, number) => rollTable(dice, number))
  const keys = tables.map(() => dice.roll(3))
  for (const [i, table] of tables.entries()) for (let n = keys[i]!; n > 0; n--) addForeignKey(dice, table, dice.pick(tables))
  for (const table of tables) {
    for (let i = dice.roll(3); i > 0; i--) {
      const where = dice.chance(40) ? [rollCondition(dice, table.columns)] : []
      table.indexes.push({ name: `${table.name}_i${i}`, columns: rollColumns(dice, table.columns, 3), unique: dice.chance(50), where })
    }
    for (let i = dice.chance(40) ? dice.roll(3) : 0; i > 0; i--) {
      const all = Array.from({ length: 1 + dice.roll(2) }, () => rollCondition(dice, table.columns))
      table.checks.push({ name: `${table.name}_c${dice.pick(['a', 'b', '9', '_'])}${i}`, all })
    }
  }
  return tables
}

function rollBound(dice: Dice, types: readonly ColumnType[]): Bound {
  if (dice.chance(30)) return { kind: 'open' }
  const count = dice.chance(2) ? types.length + 1 : dice.roll(types.length + 1)
  const values = Array.from({ length: count }, (_, i) => rollValue(dice, types[i] ?? 'integer', 15))
  return { kind: dice.pick(['inclusive', 'exclusive'] as const), values }
}

/** The rows of a table now, so that operations can hit them. */
export type RowsOf = (table: string) => readonly Row[]

/** The primary key of one of the rows there are. */
function rollKnownKey(dice: Dice, table: Table, rowsOf: RowsOf): Value[] | undefined {
  const rows = rowsOf(table.name)
  if (rows.length === 0) return undefined
  const row = dice.pick(rows)
  return table.primaryKey.map((column) => row[column]!)
}

/** A row whose key and foreign keys often name rows that there are. */
function rollRow(dice: Dice, table: Table, tables: readonly Table[], rowsOf: RowsOf): Value[] {
  const row = table.columns.map(({ type, nullable }) => rollValue(dice, type, nullable ? 30 : 2))
  const fill = (columns: readonly number[], values: readonly Value[] | undefined): void => {
    for (const [i, value] of (values ?? []).entries()) row[columns[i]!] = value
  }
  for (const { columns, references } of table.foreignKeys) {
    if (dice.chance(70))
      fill(
        columns,
        rollKnownKey(
          dice,
          tables.find(({ name }) => name === references)!,
          rowsOf,
        ),
      )
    if (references === table.name && dice.chance(10))
      fill(
        columns,
        table.primaryKey.map((column) => row[column]!),
      )
  }
  if (dice.chance(20)) fill(table.primaryKey, rollKnownKey(dice, table, rowsOf))
  return row
}

/** An operation on one of the tables, now and then on one that does not exist. */
export function rollOperation(dice: Dice, tables: readonly Table[], rowsOf: RowsOf): RowOperation {
  const table = dice.pick(tables)
  const name = dice.chance(1) ? 'nowhere' : table.name
  const typesAt = (columns: readonly number[]): ColumnType[] => columns.map((column) => table.columns[column]!.type)
  const op = dice.pick(['insert', 'insert', 'insert', 'put', 'put', 'delete', 'get', 'scan'] as const)
  if (op === 'insert' || op === 'put') {
    const row = rollRow(dice, table, tables, rowsOf)
    return { op, table: name, row: dice.chance(1) ? row.slice(1) : row }
  }
  if (op === 'scan') {
    const index = dice.chance(40) ? undefined : dice.pick([...table.indexes, undefined])
    const types = typesAt(index?.columns ?? table.primaryKey)
    const range = { lower: rollBound(dice, types), upper: rollBound(dice, types), limit: dice.roll(4), descending: dice.chance(50) }
    return { op, table: name, index: dice.chance(1) ? 'nothing' : (index?.name ?? ''), range }
  }
  const known = dice.chance(60) ? rollKnownKey(dice, table, rowsOf) : undefined
  const key = known ?? typesAt(table.primaryKey).map((type) => rollValue(dice, type, 1))
  return { op, table: name, key: dice.chance(1) ? [...key, 1] : key }
}
