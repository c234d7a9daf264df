/** Conditions of checks and partial indexes: protocol.md §6. */
import {
  DbError,
  equalBytes,
  type Column,
  type ColumnType,
  type Comparison,
  type Condition,
  type Profile,
  type Table,
  type Value,
} from '@foldb/abi'
import { canonicalValue } from '@foldb/state-tree'
import { isSameType, typeName } from './column-type.ts'
import { failManifest } from './manifest-json.ts'
import { limit } from './manifest-names.ts'

const COMPARISONS: readonly Comparison[] = [
  'equal',
  'not-equal',
  'less',
  'less-or-equal',
  'greater',
  'greater-or-equal',
  'is-null',
  'is-not-null',
]

/** Checks a conjunction of conditions over one table. */
export function validateConditions(table: Table, conditions: readonly Condition[], path: string, profile: Profile): void {
  limit(conditions.length, profile.numbers.conditions, path)
  for (const [i, condition] of conditions.entries()) validateCondition(table, condition, `${path}[${i}]`)
}

function validateCondition(table: Table, condition: Condition, path: string): void {
  const { comparison, operand } = condition
  const column = columnAt(table, condition.column, `${path}.column`)
  if (!COMPARISONS.includes(comparison)) failManifest(`${path}.comparison`, COMPARISONS.join(', '), JSON.stringify(comparison))
  if (comparison === 'is-null' || comparison === 'is-not-null') {
    if (!('constant' in operand) || operand.constant !== null)
      failManifest(`${path}.operand`, `the constant null beside ${comparison}`, 'another operand')
    return
  }
  if (column.type === 'jsonb') failManifest(`${path}.comparison`, 'is-null or is-not-null for a jsonb column', comparison)
  if ('constant' in operand) return validateConstant(column.type, operand.constant, `${path}.operand.constant`)
  const other = columnAt(table, operand.column, `${path}.operand.column`)
  if (!isSameType(column.type, other.type))
    failManifest(`${path}.operand.column`, `a column of type ${typeName(column.type)}`, typeName(other.type))
}

function validateConstant(type: ColumnType, value: Value, path: string): void {
  const expected = `a ${typeName(type)} in canonical form`
  if (value === null) failManifest(path, expected, 'null')
  if (typeof value === 'number' && !Number.isFinite(value)) failManifest(path, 'a finite number', String(value))
  let canonical: Value
  try {
    canonical = canonicalValue(type, value)
  } catch (error) {
    if (!DbError.is(error)) throw error
    return failManifest(path, expected, `${describe(value)} (${error.sqlstate})`)
  }
  if (!isSame(canonical, value)) failManifest(path, `${expected}, ${describe(canonical)}`, describe(value))
}

function isSame(a: Value, b: Value): boolean {
  return a instanceof Uint8Array && b instanceof Uint8Array ? equalBytes(a, b) : a === b
}

function columnAt(table: Table, number: number, path: string): Column {
  return table.columns[number] ?? failManifest(path, `a column number below ${table.columns.length}`, String(number))
}

function describe(value: Value): string {
  if (value instanceof Uint8Array) return `${value.length} bytes`
  return typeof value === 'bigint' ? `${value}` : JSON.stringify(value).slice(0, 80)
}
