/** Row operations by going over all rows: protocol.md §12. */
import { compareAscii, refuse, Refused, toHex, utf8 } from './bytes.ts'
import type { Scalar } from './cbor.ts'
import { canonical } from './canonical-value.ts'
import type { ColumnType, Index, Table } from './column-type.ts'
import { holds } from './condition.ts'
import { encodeKey } from './key.ts'
import { encodeRow, indexKey, pick, primaryKey, type Row } from './row.ts'
import { entry, type Entry } from './tree.ts'

export interface Limits {
  readonly value: number
  readonly key: number
  readonly row: number
  readonly state: number
  readonly scanRows: number
}

/** Rows of each table by the hexadecimal digits of their primary keys. */
export interface State {
  readonly tables: readonly Table[]
  readonly limits: Limits
  readonly rows: readonly Map<string, Row>[]
}

export type Bound = null | readonly ['inclusive' | 'exclusive', readonly Scalar[]]
export interface Range {
  readonly lower: Bound
  readonly upper: Bound
  readonly limit: number
  readonly descending: boolean
}

export class DbRefused extends Error {
  readonly answer: readonly [string, string]
  constructor(sqlstate: string, constraint: string) {
    super(`${sqlstate} ${constraint}`)
    this.answer = [sqlstate, constraint]
  }
}

export class Trap extends Error {}

const no = (sqlstate: string, constraint = ''): never => {
  throw new DbRefused(sqlstate, constraint)
}

/** Entries of the tree: protocol.md §10. */
export function entriesOf(tables: readonly Table[], rows: readonly Iterable<Row>[]): Entry[] {
  return tables.flatMap((table, number) => [...(rows[number] ?? [])].flatMap((row) => entriesOfRow(table, number, row)))
}

function entriesOfRow(table: Table, number: number, row: Row): Entry[] {
  const secondary = table.indexes.flatMap(({ where }, i) =>
    holds(table, where, row) === true ? [entry(indexKey(number, i + 1, table, row), new Uint8Array())] : [],
  )
  return [entry(primaryKey(number, table, row), encodeRow(table, row)), ...secondary]
}

export const stateEntries = ({ tables, rows }: State): Entry[] =>
  entriesOf(
    tables,
    rows.map((map) => map.values()),
  )
const bytesOf = (entries: readonly Entry[]): number => entries.reduce((sum, { key, row }) => sum + key.length / 2 + row.length, 0)

function tableOf({ tables }: State, name: string): [Table, number] {
  const number = tables.findIndex((table) => table.name === name)
  return [tables[number] ?? no('42P01'), number]
}

/** Steps 4, 5 and 6, each over all values. */
function values(types: readonly ColumnType[], given: readonly Scalar[], maximum: number): Scalar[] {
  const found = given.map((value, i): Scalar | Refused => {
    try {
      return canonical(types[i] ?? refuse('42804'), value, maximum)
    } catch (error) {
      if (error instanceof Refused) return error
      throw error
    }
  })
  const codes = found.filter((one) => one instanceof Refused).map(({ code }) => code)
  const first = codes.find((code) => code === '42804') ?? codes.find((code) => code.startsWith('22')) ?? codes[0]
  return first === undefined ? (found as Scalar[]) : no(first)
}

const typesOf = ({ columns }: Table, numbers: readonly number[]): ColumnType[] => pick(columns, numbers).map(({ type }) => type)

/** Steps 1 to 10 of `get` and `delete`: the digits of the key. */
function keyOf(state: State, name: string, given: readonly Scalar[]): [Table, number, string] {
  const [table, number] = tableOf(state, name)
  const types = typesOf(table, table['primary-key'])
  if (given.length !== types.length) no('42601')
  const key = encodeKey(number, 0, types, values(types, given, state.limits.value))
  if (key.length > state.limits.key) no('54000', `${name}_pkey`)
  if (given.includes(null)) no('23502')
  return [table, number, toHex(key)]
}

export function get(state: State, name: string, given: readonly Scalar[]): Row | null {
  const [, number, key] = keyOf(state, name, given)
  return state.rows[number]?.get(key) ?? null
}

export function remove(state: State, name: string, given: readonly Scalar[]): boolean {
  const [table, number, key] = keyOf(state, name, given)
  const row = state.rows[number]?.get(key)
  if (row === undefined) return false
  const referred = toHex(encodeKey(0, 0, typesOf(table, table['primary-key']), pick(row, table['primary-key'])))
  for (const [i, other] of state.tables.entries()) {
    for (const { name: constraint, columns, references } of other['foreign-keys']) {
      if (references !== name) continue
      for (const candidate of state.rows[i]?.values() ?? []) {
        if (candidate !== row && reference(other, columns, candidate) === referred) no('23503', constraint)
      }
    }
  }
  return state.rows[number]?.delete(key) ?? false
}

/** What a foreign key of a row refers to, or nothing where one of its columns is null. */
function reference(table: Table, columns: readonly number[], row: Row): string | undefined {
  const found = pick(row, columns)
  return found.includes(null) ? undefined : toHex(encodeKey(0, 0, typesOf(table, columns), found))
}

export function write(state: State, how: 'insert' | 'put', name: string, given: readonly Scalar[]): void {
  const [table, number] = tableOf(state, name)
  if (given.length !== table.columns.length) no('42601')
  const row = values(
    table.columns.map(({ type }) => type),
    given,
    state.limits.value,
  )
  const old = sizes(state, table, number, row, how)
  if (row.some((value, i) => value === null && table.columns[i]?.nullable === false)) no('23502')
  const checks = table.checks.toSorted((a, b) => compareAscii(toHex(utf8(a.name)), toHex(utf8(b.name))))
  for (const { name: check, all } of checks) if (holds(table, all, row) === false) no('23514', check)
  const key = toHex(primaryKey(number, table, row))
  if (how === 'insert' && state.rows[number]?.has(key) === true) no('23505', `${name}_pkey`)
  const others = [...(state.rows[number]?.values() ?? [])].filter((other) => other !== old)
  for (const index of table.indexes) if (index.unique && collides(table, index, row, others)) no('23505', index.name)
  for (const { name: constraint, columns, references } of table['foreign-keys']) {
    const referred = reference(table, columns, row)
    if (referred !== undefined && !exists(state, references, referred, name, row)) no('23503', constraint)
  }
  state.rows[number]?.set(key, row)
}

/** Steps 7, 8 and 9; gives the row that is replaced. */
function sizes(state: State, table: Table, number: number, row: Row, how: 'insert' | 'put'): Row | undefined {
  const key = primaryKey(number, table, row)
  if (key.length > state.limits.key) no('54000', `${table.name}_pkey`)
  for (const [i, { name, where }] of table.indexes.entries()) {
    if (holds(table, where, row) === true && indexKey(number, i + 1, table, row).length > state.limits.key) no('54000', name)
  }
  if (encodeRow(table, row).length > state.limits.row) no('54000')
  const old = how === 'put' ? state.rows[number]?.get(toHex(key)) : undefined
  const without = old === undefined ? 0 : bytesOf(entriesOfRow(table, number, old))
  if (bytesOf(stateEntries(state)) - without + bytesOf(entriesOfRow(table, number, row)) > state.limits.state) no('54000')
  return old
}

function collides(table: Table, { columns, where }: Index, row: Row, others: readonly Row[]): boolean {
  const own = reference(table, columns, row)
  if (own === undefined || holds(table, where, row) !== true) return false
  return others.some((other) => holds(table, where, other) === true && reference(table, columns, other) === own)
}

function exists(state: State, references: string, referred: string, name: string, row: Row): boolean {
  const [table, number] = tableOf(state, references)
  const candidates = [...(state.rows[number]?.values() ?? []), ...(references === name ? [row] : [])]
  return candidates.some((candidate) => reference(table, table['primary-key'], candidate) === referred)
}

export function scan(state: State, name: string, indexName: string, { lower, upper, limit, descending }: Range): Row[] {
  const [table, number] = tableOf(state, name)
  const at = indexName === '' ? 0 : table.indexes.findIndex((index) => index.name === indexName) + 1
  const index = table.indexes[at - 1]
  if (indexName !== '' && index === undefined) no('42704')
  const columns = index?.columns ?? table['primary-key']
  const bounds = [lower, upper].map((bound) => bound?.[1] ?? [])
  if (bounds.some(({ length }) => length > columns.length)) no('42601')
  const types = typesOf(table, columns)
  const all = values(
    bounds.flatMap((bound) => types.slice(0, bound.length)),
    bounds.flat(),
    state.limits.value,
  )
  const from = encodeKey(number, at, types, all.slice(0, bounds[0]?.length))
  const to = encodeKey(number, at, types, all.slice(bounds[0]?.length))
  if (from.length > state.limits.key || to.length > state.limits.key) no('54000', index?.name ?? `${name}_pkey`)
  const held = [...(state.rows[number]?.values() ?? [])].filter((row) => index === undefined || holds(table, index.where, row) === true)
  const keyed = held.map((row) => ({
    row,
    key: toHex(index === undefined ? primaryKey(number, table, row) : indexKey(number, at, table, row)),
  }))
  const kept = keyed.filter(({ key }) => within(lower, key, toHex(from), 1) && within(upper, key, toHex(to), -1))
  kept.sort((a, b) => (descending ? -1 : 1) * compareAscii(a.key, b.key))
  const found = kept.slice(0, limit === 0 ? kept.length : limit).map(({ row }) => row)
  if (found.length > state.limits.scanRows) throw new Trap('more rows than a scan may give')
  return found
}

/** Whether the prefix of a key lies on the side of a bound on which rows are kept. */
function within(bound: Bound, key: string, prefix: string, side: number): boolean {
  if (bound === null) return true
  const order = side * compareAscii(key.slice(0, prefix.length), prefix)
  return bound[0] === 'inclusive' ? order >= 0 : order > 0
}
