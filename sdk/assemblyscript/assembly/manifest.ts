/// Writes the manifest into memory as the canonical ABI lays it out.
import { allocate, ANSWER, storeSpan } from './memory'
import { declared } from './registry'
import { Check, Column, ColumnType, Condition, ForeignKey, Index, TableSchema } from './schema'
import { storeText } from './text'
import { storeValue } from './value'

/// Answers `describe`.
export function storeManifest(): usize {
  storeText(ANSWER, declared.name)
  storeText(ANSWER + 8, declared.version)
  storeTables(ANSWER + 16)
  storeViews(ANSWER + 24)
  const genesis = declared.genesis
  storeParams(ANSWER + 32, genesis === null ? [] : genesis.params())
  storeKinds(ANSWER + 40)
  storeText(ANSWER + 48, declared.verdict)
  return ANSWER
}

/// Room for a list, its pointer and length written; gives the first element's address.
function list(at: usize, length: i32, size: usize): usize {
  const pointer = allocate(<usize>length * size)
  storeSpan(at, pointer, length)
  return pointer
}

function storeTables(at: usize): void {
  const tables = declared.tables
  const first = list(at, tables.length, 48)
  for (let i = 0; i < tables.length; i++) storeTable(first + 48 * i, tables[i])
}

function storeTable(at: usize, table: TableSchema): void {
  storeText(at, table.name)
  storeColumns(at + 8, table.columns)
  storeNumbers(at + 16, table.primaryKey)
  storeIndexes(at + 24, table.indexes)
  storeChecks(at + 32, table.checks)
  storeForeignKeys(at + 40, table.foreignKeys)
}

function storeColumns(at: usize, columns: Column[]): void {
  const first = list(at, columns.length, 24)
  for (let i = 0; i < columns.length; i++) {
    const column = columns[i]
    const here = first + 24 * i
    storeText(here, column.name)
    store<u32>(here, column.type, 8)
    store<u32>(here, column.precision, 12)
    store<u32>(here, column.scale, 16)
    store<u32>(here, column.nullable ? 1 : 0, 20)
  }
}

function storeNumbers(at: usize, numbers: u32[]): void {
  const first = list(at, numbers.length, 4)
  for (let i = 0; i < numbers.length; i++) store<u32>(first + 4 * i, numbers[i])
}

function storeIndexes(at: usize, indexes: Index[]): void {
  const first = list(at, indexes.length, 28)
  for (let i = 0; i < indexes.length; i++) {
    const index = indexes[i]
    const here = first + 28 * i
    storeText(here, index.name)
    storeNumbers(here + 8, index.columns)
    store<u32>(here, index.unique ? 1 : 0, 16)
    storeConditions(here + 20, index.conditions)
  }
}

function storeChecks(at: usize, checks: Check[]): void {
  const first = list(at, checks.length, 16)
  for (let i = 0; i < checks.length; i++) {
    storeText(first + 16 * i, checks[i].name)
    storeConditions(first + 16 * i + 8, checks[i].conditions)
  }
}

function storeConditions(at: usize, conditions: Condition[]): void {
  const first = list(at, conditions.length, 32)
  for (let i = 0; i < conditions.length; i++) {
    const condition = conditions[i]
    const constant = condition.constant
    const here = first + 32 * i
    store<u32>(here, condition.column)
    store<u32>(here, condition.comparison, 4)
    store<u64>(here, constant === null ? 1 : 0, 8)
    if (constant === null) store<u32>(here, condition.other, 16)
    else storeValue(here + 16, constant)
  }
}

function storeForeignKeys(at: usize, keys: ForeignKey[]): void {
  const first = list(at, keys.length, 24)
  for (let i = 0; i < keys.length; i++) {
    storeText(first + 24 * i, keys[i].name)
    storeNumbers(first + 24 * i + 8, keys[i].columns)
    storeText(first + 24 * i + 16, keys[i].references)
  }
}

function storeViews(at: usize): void {
  const views = declared.views
  const first = list(at, views.length, 16)
  for (let i = 0; i < views.length; i++) {
    storeText(first + 16 * i, views[i].name)
    storeText(first + 16 * i + 8, views[i].query)
  }
}

function storeKinds(at: usize): void {
  const kinds = declared.kinds
  const first = list(at, kinds.length, 16)
  for (let i = 0; i < kinds.length; i++) {
    storeText(first + 16 * i, kinds[i].name)
    storeParams(first + 16 * i + 8, kinds[i].params())
  }
}

enum ValueType {
  boolean,
  integer,
  float,
  text,
  bytes,
}

function storeParams(at: usize, params: Column[]): void {
  const first = list(at, params.length, 12)
  for (let i = 0; i < params.length; i++) {
    const here = first + 12 * i
    storeText(here, params[i].name)
    store<u32>(here, <u32>valueType(params[i].type) | (params[i].nullable ? 0x100 : 0), 8)
  }
}

function valueType(type: ColumnType): ValueType {
  switch (type) {
    case ColumnType.boolean:
      return ValueType.boolean
    case ColumnType.smallint:
    case ColumnType.integer:
    case ColumnType.bigint:
      return ValueType.integer
    case ColumnType.doublePrecision:
      return ValueType.float
    case ColumnType.bytea:
      return ValueType.bytes
    default:
      return ValueType.text
  }
}
