/** The manifest as interpreted guests write it, in JSON with the WIT's names: protocol.md §6. Shapes only; `validateManifest` has the rules. */
import {
  FoldbError,
  type Check,
  type Column,
  type ColumnType,
  type Comparison,
  type Condition,
  type ForeignKey,
  type Index,
  type Manifest,
  type MessageKind,
  type Operand,
  type Param,
  type Table,
  type ValueType,
  type View,
} from '@foldb/abi'
import { parseJson, type JsonObject, type JsonValue } from './json-parser.ts'
import { valueOfJson } from './json-value.ts'

/** manifest, tables, table, indexes, index, where, condition, operand, constant. */
const DEPTH = 16

/**
 * The manifest of a JSON text: every field once, none besides.
 * @throws FoldbError `bad-manifest` with `fields.path` like `tables[3].columns[0].type`, `expected` and `got`.
 */
export function parseManifest(json: string): Manifest {
  const value = parseJson(json, DEPTH, (expected, got, at) => failManifest(`character ${at}`, expected, got))
  const it = record(value, 'manifest', ['name', 'version', 'tables', 'views', 'genesis', 'messages', 'verdict'])
  return {
    name: text(it['name'], 'name'),
    version: text(it['version'], 'version'),
    tables: list(it['tables'], 'tables', table),
    views: list(it['views'], 'views', view),
    genesis: list(it['genesis'], 'genesis', param),
    messages: list(it['messages'], 'messages', kind),
    verdict: text(it['verdict'], 'verdict'),
  }
}

/** Refuses a manifest; `path` says where. */
export function failManifest(path: string, expected: string, got: string): never {
  throw new FoldbError('bad-manifest', `bad manifest: ${path}: expected ${expected}, got ${got}`, { fields: { path, expected, got } })
}

function table(value: JsonValue, path: string): Table {
  const it = record(value, path, ['name', 'columns', 'primary-key', 'indexes', 'checks', 'foreign-keys'])
  return {
    name: text(it['name'], `${path}.name`),
    columns: list(it['columns'], `${path}.columns`, column),
    primaryKey: list(it['primary-key'], `${path}.primary-key`, count),
    indexes: list(it['indexes'], `${path}.indexes`, index),
    checks: list(it['checks'], `${path}.checks`, check),
    foreignKeys: list(it['foreign-keys'], `${path}.foreign-keys`, foreignKey),
  }
}

function column(value: JsonValue, path: string): Column {
  const it = record(value, path, ['name', 'type', 'nullable'])
  return {
    name: text(it['name'], `${path}.name`),
    type: columnType(it['type']!, `${path}.type`),
    nullable: flag(it['nullable'], `${path}.nullable`),
  }
}

function columnType(value: JsonValue, path: string): ColumnType {
  if (typeof value === 'string') return value as ColumnType
  const decimal = record(record(value, path, ['numeric'])['numeric']!, `${path}.numeric`, ['precision', 'scale'])
  const precision = count(decimal['precision']!, `${path}.numeric.precision`)
  return { numeric: { precision, scale: count(decimal['scale']!, `${path}.numeric.scale`) } }
}

function index(value: JsonValue, path: string): Index {
  const it = record(value, path, ['name', 'columns', 'unique', 'where'])
  return {
    name: text(it['name'], `${path}.name`),
    columns: list(it['columns'], `${path}.columns`, count),
    unique: flag(it['unique'], `${path}.unique`),
    where: list(it['where'], `${path}.where`, condition),
  }
}

function check(value: JsonValue, path: string): Check {
  const it = record(value, path, ['name', 'all'])
  return { name: text(it['name'], `${path}.name`), all: list(it['all'], `${path}.all`, condition) }
}

function condition(value: JsonValue, path: string): Condition {
  const it = record(value, path, ['column', 'comparison', 'operand'])
  return {
    column: count(it['column']!, `${path}.column`),
    comparison: text(it['comparison'], `${path}.comparison`) as Comparison,
    operand: operand(it['operand']!, `${path}.operand`),
  }
}

function operand(value: JsonValue, path: string): Operand {
  const isColumn = typeof value === 'object' && value !== null && 'column' in value
  const it = record(value, path, [isColumn ? 'column' : 'constant'])
  if (isColumn) return { column: count(it['column']!, `${path}.column`) }
  const read = valueOfJson(it['constant']!)
  return 'expected' in read ? failManifest(`${path}.constant`, read.expected, describe(it['constant'])) : { constant: read.value }
}

function foreignKey(value: JsonValue, path: string): ForeignKey {
  const it = record(value, path, ['name', 'columns', 'references'])
  return {
    name: text(it['name'], `${path}.name`),
    columns: list(it['columns'], `${path}.columns`, count),
    references: text(it['references'], `${path}.references`),
  }
}

function view(value: JsonValue, path: string): View {
  const it = record(value, path, ['name', 'query'])
  return { name: text(it['name'], `${path}.name`), query: text(it['query'], `${path}.query`) }
}

function kind(value: JsonValue, path: string): MessageKind {
  const it = record(value, path, ['name', 'params'])
  return { name: text(it['name'], `${path}.name`), params: list(it['params'], `${path}.params`, param) }
}

function param(value: JsonValue, path: string): Param {
  const it = record(value, path, ['name', 'type', 'nullable'])
  return {
    name: text(it['name'], `${path}.name`),
    type: text(it['type'], `${path}.type`) as ValueType,
    nullable: flag(it['nullable'], `${path}.nullable`),
  }
}

/** An object with exactly these fields. */
function record(value: JsonValue, path: string, fields: readonly string[]): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return failManifest(path, `an object with ${fields.join(', ')}`, describe(value))
  const object = value as JsonObject
  for (const field of fields) if (!(field in object)) failManifest(`${path}.${field}`, 'a value', 'nothing')
  for (const field of Object.keys(object))
    if (!fields.includes(field)) failManifest(path, `only ${fields.join(', ')}`, JSON.stringify(field.slice(0, 80)))
  return object
}

function list<T>(value: JsonValue | undefined, path: string, item: (value: JsonValue, path: string) => T): T[] {
  if (!Array.isArray(value)) return failManifest(path, 'an array', describe(value))
  return value.map((one: JsonValue, i: number) => item(one, `${path}[${i}]`))
}

function text(value: JsonValue | undefined, path: string): string {
  return typeof value === 'string' ? value : failManifest(path, 'a text', describe(value))
}

function flag(value: JsonValue | undefined, path: string): boolean {
  return typeof value === 'boolean' ? value : failManifest(path, 'true or false', describe(value))
}

/** A u32 of the contract, which stays below 2^31. */
function count(value: JsonValue, path: string): number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) < 0x80000000
    ? (value as number)
    : failManifest(path, 'a whole number from 0 to 2^31−1', describe(value))
}

function describe(value: JsonValue | undefined): string {
  if (value === undefined) return 'nothing'
  return JSON.stringify(value).slice(0, 80)
}
