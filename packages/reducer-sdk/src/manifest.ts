/** The manifest of a reducer from its declarations, and as the JSON that `describe` answers. */
import type { Column, Condition as ManifestCondition, Manifest, MessageKind, Param, Table as ManifestTable, Value } from '@foldb/abi'
import { encodeCell } from './cell.ts'
import type { Condition } from './condition.ts'
import type { Tables } from './database.ts'
import type { Params } from './params.ts'
import type { Table } from './table.ts'

/** The parts of a declaration that a manifest holds. */
export interface Declared {
  readonly name: string
  readonly version: string
  readonly tables: Tables
  readonly views?: Readonly<Record<string, string>> | undefined
  readonly genesis?: Params | undefined
  readonly messages: Readonly<Record<string, { readonly params: Params }>>
  readonly verdict?: string | undefined
}

function columnNumber(tableName: string, table: Table, name: string): number {
  const number = Object.keys(table.columns).indexOf(name)
  if (number < 0) throw new TypeError(`table ${tableName}: expected one of its columns, got ${JSON.stringify(name)}`)
  return number
}

function conditionsOf(tableName: string, table: Table, conditions: readonly Condition[]): ManifestCondition[] {
  return conditions.map(({ column, comparison, operand }) => ({
    column: columnNumber(tableName, table, column),
    comparison,
    operand: 'column' in operand ? { column: columnNumber(tableName, table, operand.column) } : operand,
  }))
}

function tableOf(name: string, table: Table, tables: Tables): ManifestTable {
  const numbers = (names: readonly string[]): number[] => names.map((column) => columnNumber(name, table, column))
  const columns = Object.entries(table.columns).map(([column, field]): Column => ({
    name: column,
    type: field.columnType,
    nullable: field.isNullable,
  }))
  return {
    name,
    columns,
    primaryKey: numbers(table.primaryKey),
    indexes: Object.entries(table.indexes).map(([key, index]) => ({
      name: `${name}_${key}`,
      columns: numbers(index.columns),
      unique: index.unique,
      where: conditionsOf(name, table, index.where),
    })),
    checks: Object.entries(table.checks).map(([key, all]) => ({ name: `${name}_${key}`, all: conditionsOf(name, table, all) })),
    foreignKeys: Object.entries(table.foreignKeys).map(([key, reference]) => {
      if (!Object.hasOwn(tables, reference.table)) {
        throw new TypeError(`table ${name}: expected ${key} to refer to a declared table, got ${JSON.stringify(reference.table)}`)
      }
      return { name: `${name}_${key}`, columns: numbers(reference.columns), references: reference.table }
    }),
  }
}

function paramsOf(of: string, params: Params): Param[] {
  return Object.entries(params).map(([name, field]) => {
    if (field.valueType === undefined) {
      throw new TypeError(`${of}: ${JSON.stringify(field.columnType)} is a column type; declare parameter ${name} as text()`)
    }
    return { name, type: field.valueType, nullable: field.isNullable }
  })
}

/**
 * The manifest of a declaration.
 * @throws TypeError when it names a column or table that is not declared.
 */
export function manifestOf(declared: Declared): Manifest {
  const verdict = declared.verdict ?? ''
  if (verdict !== '' && !Object.hasOwn(declared.tables, verdict)) {
    throw new TypeError(`expected verdict to be a declared table, got ${JSON.stringify(verdict)}`)
  }
  return {
    name: declared.name,
    version: declared.version,
    tables: Object.entries(declared.tables).map(([name, table]) => tableOf(name, table, declared.tables)),
    views: Object.entries(declared.views ?? {}).map(([name, query]) => ({ name, query })),
    genesis: paramsOf('genesis', declared.genesis ?? {}),
    messages: Object.entries(declared.messages).map(([name, { params }]): MessageKind => ({ name, params: paramsOf(name, params) })),
    verdict,
  }
}

const RENAMED: Readonly<Record<string, string>> = { primaryKey: 'primary-key', foreignKeys: 'foreign-keys' }

/** A manifest as JSON with the names of the WIT; a constant is a cell. */
export function encodeManifest(manifest: Manifest): string {
  const encode = (value: unknown): string => {
    if (Array.isArray(value)) return `[${value.map(encode).join(',')}]`
    if (typeof value !== 'object' || value === null) return encodeCell(value as Value)
    if (value instanceof Uint8Array) return encodeCell(value)
    return `{${Object.entries(value)
      .map(([key, entry]) => `${JSON.stringify(RENAMED[key] ?? key)}:${encode(entry)}`)
      .join(',')}}`
  }
  return encode(manifest)
}
