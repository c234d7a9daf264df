/** A manifest as JSON, read strictly: protocol.md §6. Findings carry the path at which they were made. */
import { refuse } from './bytes.ts'
import type { Scalar } from './cbor.ts'
import type { Column, ColumnType, Condition, Table } from './column-type.ts'
import { parseJson, type Json } from './json.ts'
import { membersOf, scalarOf } from './json-lines.ts'

export interface Param {
  readonly name: string
  readonly type: string
  readonly nullable: boolean
}

export interface Manifest {
  readonly name: string
  readonly version: string
  readonly tables: readonly Table[]
  readonly views: readonly { readonly name: string; readonly query: string }[]
  readonly genesis: readonly Param[]
  readonly messages: readonly { readonly name: string; readonly params: readonly Param[] }[]
  readonly verdict: string
}

type Reading<T> = (json: Json, path: string) => T

/** Refuses with the path. */
function at<T>(path: string, read: () => T): T {
  try {
    return read()
  } catch {
    return refuse(path)
  }
}

const string: Reading<string> = (json, path) => (json !== null && typeof json === 'object' && 'string' in json ? json.string : refuse(path))
const boolean: Reading<boolean> = (json, path) => (typeof json === 'boolean' ? json : refuse(path))

const natural: Reading<number> = (json, path) => {
  const value: Scalar = at(path, () => scalarOf(json))
  if (value === null || typeof value !== 'object' || !('integer' in value)) return refuse(path)
  return value.integer >= 0n && value.integer < 2n ** 31n ? Number(value.integer) : refuse(path)
}

/** No profile allows more of anything. */
const MOST = 65_536

const list =
  <T>(one: Reading<T>): Reading<T[]> =>
  (json, path) => {
    if (json === null || typeof json !== 'object' || !('array' in json) || json.array.length > MOST) return refuse(path)
    return json.array.map((item, i) => one(item, `${path}[${i}]`))
  }

const record =
  <T>(shape: { readonly [K in keyof T]: Reading<T[K]> }): Reading<T> =>
  (json, path) => {
    const members = new Map(at(path, () => membersOf(json)))
    const names = Object.keys(shape)
    const prefix = path === '' ? '' : `${path}.`
    const missing = names.find((name) => !members.has(name))
    if (missing !== undefined) refuse(`${prefix}${missing}`)
    if (members.size !== names.length) refuse(path)
    return Object.fromEntries(names.map((name) => [name, shape[name as keyof T](members.get(name) ?? null, `${prefix}${name}`)])) as T
  }

const oneOf =
  (...names: readonly string[]): Reading<string> =>
  (json, path) => {
    const found = string(json, path)
    return names.includes(found) ? found : refuse(path)
  }

const plainType = oneOf(
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
)
const numericType = record({ numeric: record({ precision: natural, scale: natural }) })
const columnType: Reading<ColumnType> = (json, path) =>
  json !== null && typeof json === 'object' && 'object' in json ? numericType(json, path) : (plainType(json, path) as ColumnType)

const column = record<Column>({ name: string, type: columnType, nullable: boolean })
const constant: Reading<Scalar> = (json, path) => at(path, () => scalarOf(json))
const operand: Reading<Condition['operand']> = (json, path) => {
  const isColumn = at(path, () => membersOf(json)).some(([name]) => name === 'column')
  return isColumn ? record({ column: natural })(json, path) : record({ constant })(json, path)
}
const comparison = oneOf('equal', 'not-equal', 'less', 'less-or-equal', 'greater', 'greater-or-equal', 'is-null', 'is-not-null')
const conditions = list(record<Condition>({ column: natural, comparison, operand }))

export const tables: Reading<Table[]> = list(
  record<Table>({
    name: string,
    columns: list(column),
    'primary-key': list(natural),
    indexes: list(record({ name: string, columns: list(natural), unique: boolean, where: conditions })),
    checks: list(record({ name: string, all: conditions })),
    'foreign-keys': list(record({ name: string, columns: list(natural), references: string })),
  }),
)

const params = list(record<Param>({ name: string, type: oneOf('boolean', 'integer', 'float', 'text', 'bytes'), nullable: boolean }))

const manifest = record<Manifest>({
  name: string,
  version: string,
  tables,
  views: list(record({ name: string, query: string })),
  genesis: params,
  messages: list(record({ name: string, params })),
  verdict: string,
})

export const parseManifest = (json: string): Manifest => manifest(parseJson(json, { depth: 64 }), '')
export const parseTables = (json: string): Table[] => tables(parseJson(json, { depth: 64 }), '')
