/** A declared table, compiled for row operations (protocol.md §12). */
import { type ColumnType, FoldbError, type ForeignKey, type Index, type Row, type Table } from '@foldb/abi'

import { type RowTest, columnsOf, compileConditions } from './conditions.ts'

export interface IndexLayout {
  readonly name: string
  /** From 1 in declared order; 0 is the primary key. */
  readonly number: number
  readonly columns: readonly number[]
  readonly types: readonly ColumnType[]
  readonly unique: boolean
  /** Whether the index has an entry for a row: always, unless it is partial. */
  readonly holds: RowTest
  /** Columns whose values decide the entry. */
  readonly reads: readonly number[]
}

export interface ForeignKeyLayout {
  readonly name: string
  readonly columns: readonly number[]
  /** Number of the table that is referred to. */
  readonly target: number
}

/** How to find the rows of a table that refer to a row of this one. */
export interface ReferrerLayout {
  readonly constraint: string
  /** Number of the referring table. */
  readonly table: number
  /** The index that starts with the foreign key's columns: 0 is the primary key. */
  readonly index: number
}

export interface TableLayout {
  readonly number: number
  readonly table: Table
  readonly types: readonly ColumnType[]
  readonly key: readonly number[]
  readonly keyTypes: readonly ColumnType[]
  readonly keyName: string
  /** Whether the value of the only key column is itself the identity of a row. */
  readonly plainKey: boolean
  readonly notNull: readonly number[]
  /** In byte order of their names. */
  readonly checks: readonly { readonly name: string; readonly passes: RowTest }[]
  readonly indexes: readonly IndexLayout[]
  readonly indexByName: ReadonlyMap<string, IndexLayout>
  readonly foreignKeys: readonly ForeignKeyLayout[]
  /** By number of the referring table, then in declared order. */
  readonly referrers: readonly ReferrerLayout[]
  readonly bytea: readonly number[]
}

/** The items under some numbers. */
export function pick<T>(items: readonly T[], numbers: readonly number[]): T[] {
  return numbers.map((number) => items[number]!)
}

/** The types of some columns of a table. */
function typesOf(table: Table, columns: readonly number[]): ColumnType[] {
  return pick(table.columns, columns).map(({ type }) => type)
}

function compileIndex(table: Table, index: Index, number: number): IndexLayout {
  const { name, columns, unique, where } = index
  const types = typesOf(table, columns)
  const holds: RowTest = where.length === 0 ? () => true : compileConditions(table, where)
  return { name, number, columns, types, unique, holds, reads: [...new Set([...columns, ...columnsOf(where)])] }
}

function byName<T extends { readonly name: string }>(left: T, right: T): number {
  return left.name < right.name ? -1 : 1
}

function compileTable(tables: readonly Table[], number: number): TableLayout {
  const table = tables[number]!
  const keyTypes = typesOf(table, table.primaryKey)
  const indexes = table.indexes.map((index, i) => compileIndex(table, index, i + 1))
  return {
    number,
    table,
    types: table.columns.map(({ type }) => type),
    key: table.primaryKey,
    keyTypes,
    keyName: `${table.name}_pkey`,
    plainKey: keyTypes.length === 1 && keyTypes[0] !== 'bytea',
    notNull: table.columns.flatMap(({ nullable }, column) => (nullable ? [] : [column])),
    checks: table.checks.toSorted(byName).map(({ name, all }) => ({ name, passes: compileConditions(table, all) })),
    indexes,
    indexByName: new Map(indexes.map((index) => [index.name, index])),
    foreignKeys: table.foreignKeys.map(({ name, columns, references }) => ({ name, columns, target: numberOf(tables, references) })),
    referrers: tables.flatMap((other, i) =>
      other.foreignKeys.filter(({ references }) => references === table.name).map((key) => compileReferrer(other, i, key)),
    ),
    bytea: table.columns.flatMap(({ type }, column) => (type === 'bytea' ? [column] : [])),
  }
}

function numberOf(tables: readonly Table[], name: string): number {
  const number = tables.findIndex((table) => table.name === name)
  if (number < 0) throw new FoldbError('bad-manifest', `unknown table: expected a declared table, got a foreign key to ${name}`)
  return number
}

/** Finds the primary key or the index, not a partial one, that starts with a foreign key's columns. */
function compileReferrer(table: Table, number: number, { name, columns }: ForeignKey): ReferrerLayout {
  const candidates = [table.primaryKey, ...table.indexes.map((index) => (index.where.length === 0 ? index.columns : []))]
  const index = candidates.findIndex((candidate) => columns.every((column, i) => candidate[i] === column))
  if (index < 0) {
    throw new FoldbError('bad-manifest', `foreign key ${name} has no index: expected its columns first in the primary key or in an index`)
  }
  return { constraint: name, table: number, index }
}

/** Compiles the tables of a manifest that is valid; in declared order. */
export function compileTables(tables: readonly Table[]): TableLayout[] {
  return tables.map((_, number) => compileTable(tables, number))
}

/** The primary key values of a row. */
export function keyOf(layout: TableLayout, row: Row): Row {
  return pick(row, layout.key)
}
