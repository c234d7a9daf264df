/** The rules of one table: protocol.md §6. */
import type { Check, Column, ColumnType, ForeignKey, Index, Profile, Table } from '@foldb/abi'
import { isSameType, typeName } from './column-type.ts'
import { failManifest } from './manifest-json.ts'
import { limit, NameSet, SCHEMA_NAME, TABLE_NAME } from './manifest-names.ts'
import { validateConditions } from './validate-condition.ts'

/** Columns of one key or index, as PostgreSQL has it. */
export const KEY_COLUMNS_MAX = 32
const NUMERIC_PRECISION_MAX = 1000

const SIMPLE_TYPES: ReadonlySet<string> = new Set([
  'boolean',
  'smallint',
  'integer',
  'bigint',
  'double-precision',
  'text',
  'bytea',
  'uuid',
  'date',
  'timestamptz',
  'jsonb',
])

export interface TableContext {
  readonly table: Table
  /** Every table of the manifest by name. */
  readonly tables: ReadonlyMap<string, Table>
  /** Names of relations so far. */
  readonly relations: NameSet
  readonly path: string
  readonly profile: Profile
}

/** Checks one table; adds its relations to the names that are taken. */
export function validateTable(context: TableContext): void {
  const { table, relations, path, profile } = context
  const { numbers } = profile
  relations.addRelation(table.name, `${path}.name`, TABLE_NAME)
  relations.addRelation(`${table.name}_pkey`, `${path}.name`)
  limit(table.indexes.length, numbers.indexes, `${path}.indexes`)
  limit(table.checks.length, numbers.checks, `${path}.checks`)
  limit(table.foreignKeys.length, numbers.foreignKeys, `${path}.foreign-keys`)
  validateColumns(table, path, numbers.columns)
  validatePrimaryKey(table, path)
  const constraints = new NameSet('distinct names of the indexes, checks and foreign keys of a table')
  constraints.add(`${table.name}_pkey`, SCHEMA_NAME, `${path}.primary-key`)
  for (const [i, index] of table.indexes.entries()) validateIndex(context, index, `${path}.indexes[${i}]`, constraints)
  for (const [i, check] of table.checks.entries()) validateCheck(context, check, `${path}.checks[${i}]`, constraints)
  for (const [i, key] of table.foreignKeys.entries()) validateForeignKey(context, key, `${path}.foreign-keys[${i}]`, constraints)
}

function validateColumns(table: Table, path: string, most: number): void {
  if (table.columns.length === 0) failManifest(`${path}.columns`, 'at least one column', 'none')
  limit(table.columns.length, most, `${path}.columns`)
  const names = new NameSet('distinct names of columns')
  for (const [i, column] of table.columns.entries()) {
    names.addColumn(column.name, `${path}.columns[${i}].name`)
    validateType(column.type, `${path}.columns[${i}].type`)
  }
}

function validateType(type: ColumnType, path: string): void {
  if (typeof type === 'string') {
    if (!SIMPLE_TYPES.has(type))
      failManifest(path, `${[...SIMPLE_TYPES].join(', ')} or {"numeric":{"precision","scale"}}`, JSON.stringify(type))
    return
  }
  const { precision, scale } = type.numeric
  if (!Number.isInteger(precision) || precision < 1 || precision > NUMERIC_PRECISION_MAX) {
    failManifest(`${path}.numeric.precision`, `1 to ${NUMERIC_PRECISION_MAX}`, String(precision))
  }
  if (!Number.isInteger(scale) || scale < 0 || scale > precision)
    failManifest(`${path}.numeric.scale`, `0 to the precision, ${precision}`, String(scale))
}

function validatePrimaryKey(table: Table, path: string): void {
  for (const [i, column] of columnsOf(table, table.primaryKey, `${path}.primary-key`).entries()) {
    const at = `${path}.primary-key[${i}]`
    if (column.nullable) failManifest(at, 'a column that is not nullable', JSON.stringify(column.name))
    if (column.type === 'double-precision' || column.type === 'jsonb')
      failManifest(at, 'a column that is neither double precision nor jsonb', JSON.stringify(column.name))
  }
}

function validateIndex(context: TableContext, index: Index, path: string, constraints: NameSet): void {
  context.relations.addRelation(index.name, `${path}.name`)
  constraints.add(index.name, SCHEMA_NAME, `${path}.name`)
  for (const [i, column] of columnsOf(context.table, index.columns, `${path}.columns`).entries()) {
    if (column.type === 'jsonb') failManifest(`${path}.columns[${i}]`, 'a column that is not jsonb', JSON.stringify(column.name))
  }
  validateConditions(context.table, index.where, `${path}.where`, context.profile)
}

function validateCheck(context: TableContext, check: Check, path: string, constraints: NameSet): void {
  constraints.add(check.name, SCHEMA_NAME, `${path}.name`)
  if (check.all.length === 0) failManifest(`${path}.all`, 'at least one condition', 'none')
  validateConditions(context.table, check.all, `${path}.all`, context.profile)
}

function validateForeignKey(context: TableContext, key: ForeignKey, path: string, constraints: NameSet): void {
  const { table, tables } = context
  constraints.add(key.name, SCHEMA_NAME, `${path}.name`)
  const columns = columnsOf(table, key.columns, `${path}.columns`)
  const other = tables.get(key.references) ?? failManifest(`${path}.references`, 'a declared table', JSON.stringify(key.references))
  if (columns.length !== other.primaryKey.length) {
    failManifest(`${path}.columns`, `as many columns as the primary key of ${other.name}, ${other.primaryKey.length}`, `${columns.length}`)
  }
  for (const [i, column] of columns.entries()) {
    const target = other.columns[other.primaryKey[i]!]
    if (target !== undefined && !isSameType(column.type, target.type)) {
      failManifest(`${path}.columns[${i}]`, `the type of ${other.name}.${target.name}, ${typeName(target.type)}`, typeName(column.type))
    }
  }
  // Without an index every delete of a referred row would read the whole table.
  const indexed = [table.primaryKey, ...table.indexes.filter((index) => index.where.length === 0).map((index) => index.columns)]
  if (!indexed.some((list) => isPrefix(key.columns, list))) {
    failManifest(
      `${path}.columns`,
      `a prefix of the primary key or of an index of ${table.name} that is not partial`,
      JSON.stringify(key.columns),
    )
  }
}

/** The columns under some numbers: at least one, each once, all of them there. */
function columnsOf(table: Table, numbers: readonly number[], path: string): Column[] {
  if (numbers.length === 0) failManifest(path, 'at least one column', 'none')
  limit(numbers.length, KEY_COLUMNS_MAX, path)
  if (new Set(numbers).size !== numbers.length) failManifest(path, 'each column once', JSON.stringify(numbers))
  return numbers.map(
    (number, i) => table.columns[number] ?? failManifest(`${path}[${i}]`, `a column number below ${table.columns.length}`, String(number)),
  )
}

function isPrefix(prefix: readonly number[], list: readonly number[]): boolean {
  return prefix.length <= list.length && prefix.every((number, i) => number === list[i])
}
