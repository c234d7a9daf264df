/** The oracle: row operations over plain arrays by linear search, written from protocol.md §12 alone. */
import { type ColumnType, type Condition, DbError, type Profile, type Row, type Table, type Value } from '@foldb/abi'
import { type TreeEntry, canonicalValue, encodeKey, encodeRow } from '@foldb/state-tree'

import { type Bound, GuestTrap, type Range, type Tables } from '../src/ports.ts'

/** A numeric text as a whole number of 10^-1000. */
function scaled(text: string): bigint {
  const negative = text.startsWith('-')
  const [whole, fraction = ''] = text.replace('-', '').split('.')
  const magnitude = BigInt(whole + fraction.padEnd(1000, '0'))
  return negative ? -magnitude : magnitude
}

function comparable(type: ColumnType, value: Value): number | bigint {
  if (typeof type === 'object') return scaled(String(value))
  if (typeof value === 'boolean') return Number(value)
  if (type === 'timestamptz') return Date.parse(String(value).replace(' ', 'T').replace('+00', 'Z'))
  return value as number | bigint
}

/** Order of two values of a type, nulls last. */
export function compareValues(type: ColumnType, left: Value, right: Value): number {
  if (left === null || right === null) return Number(left === null) - Number(right === null)
  if (left instanceof Uint8Array && right instanceof Uint8Array) return Buffer.compare(left, right)
  if (type === 'text' || type === 'uuid' || type === 'date') return Buffer.compare(Buffer.from(String(left)), Buffer.from(String(right)))
  const [a, b] = [comparable(type, left), comparable(type, right)]
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b))
  return a < b ? -1 : a > b ? 1 : 0
}

function compareAt(table: Table, columns: readonly number[], left: Row, right: Row): number {
  for (const column of columns) {
    const order = compareValues(table.columns[column]!.type, left[column]!, right[column]!)
    if (order !== 0) return order
  }
  return 0
}

function holds(table: Table, { column, comparison, operand }: Condition, row: Row): boolean | null {
  const left = row[column]!
  if (comparison === 'is-null') return left === null
  if (comparison === 'is-not-null') return left !== null
  const right = 'column' in operand ? row[operand.column]! : operand.constant
  if (left === null || right === null) return null
  const order = compareValues(table.columns[column]!.type, left, right)
  if (comparison === 'equal') return order === 0
  if (comparison === 'not-equal') return order !== 0
  if (comparison === 'less') return order < 0
  if (comparison === 'less-or-equal') return order <= 0
  return comparison === 'greater' ? order > 0 : order >= 0
}

/** Whether a partial index holds a row. */
function isHeld(table: Table, where: readonly Condition[], row: Row): boolean {
  return where.every((condition) => holds(table, condition, row) === true)
}

interface Failure {
  readonly rank: number
  readonly error: DbError
}

/** Canonical values, or the refusal of the earliest check: types, then values, then sizes. */
function canonical(types: readonly ColumnType[], values: readonly Value[], bytesMax: number): Value[] {
  const failures: Failure[] = []
  const result = values.map((value, i) => {
    try {
      return canonicalValue(types[i]!, value, bytesMax)
    } catch (error) {
      if (!DbError.is(error)) throw error
      failures.push({ rank: error.sqlstate === '42804' ? 0 : error.sqlstate === '54000' ? 2 : 1, error })
      return null
    }
  })
  for (const rank of [0, 1, 2]) {
    const first = failures.find((failure) => failure.rank === rank)
    if (first !== undefined) throw first.error
  }
  return result
}

export class NaiveTables implements Tables {
  readonly #tables: readonly Table[]
  readonly #profile: Profile
  #rows: Row[][]

  constructor(tables: readonly Table[], profile: Profile) {
    this.#tables = tables
    this.#profile = profile
    this.#rows = tables.map(() => [])
  }

  /** A copy of everything, for `restore`. */
  save(): Row[][] {
    return this.#rows.map((rows) => [...rows])
  }

  restore(saved: Row[][]): void {
    this.#rows = saved
  }

  rows(name: string): Row[] {
    const table = this.#table(name)
    return this.#of(table).toSorted((left, right) => compareAt(table, table.primaryKey, left, right))
  }

  treeEntries(): TreeEntry[] {
    return this.#tables.flatMap((table) => this.#of(table).flatMap((row) => this.#entriesOf(table, row)))
  }

  get(name: string, key: readonly Value[]): Row | undefined {
    const table = this.#table(name)
    return this.#find(table, this.#key(table, key))
  }

  insert(name: string, values: readonly Value[]): void {
    this.#write(name, values, false)
  }

  put(name: string, values: readonly Value[]): void {
    this.#write(name, values, true)
  }

  delete(name: string, key: readonly Value[]): boolean {
    const table = this.#table(name)
    const row = this.#find(table, this.#key(table, key))
    if (row === undefined) return false
    const values = table.primaryKey.map((column) => row[column]!)
    for (const other of this.#tables) {
      for (const foreignKey of other.foreignKeys.filter(({ references }) => references === name)) {
        const refers = (from: Row): boolean =>
          from !== row && foreignKey.columns.every((c, i) => compareValues(other.columns[c]!.type, from[c]!, values[i]!) === 0)
        if (this.#of(other).some(refers)) throw new DbError('23503', foreignKey.name)
      }
    }
    this.#set(
      table,
      this.#of(table).filter((one) => one !== row),
    )
    return true
  }

  scan(name: string, indexName: string, { lower, upper, limit, descending }: Range): readonly Row[] {
    const table = this.#table(name)
    const index = table.indexes.find((one) => one.name === indexName)
    if (indexName !== '' && index === undefined) throw new DbError('42704')
    const columns = index?.columns ?? table.primaryKey
    const number = index === undefined ? 0 : table.indexes.indexOf(index) + 1
    const types = columns.map((column) => table.columns[column]!.type)
    const [low, high] = this.#bounds(types, lower, upper)
    for (const values of [low, high]) this.#checkKey(encodeKey(this.#number(table), number, types, values), index?.name ?? `${name}_pkey`)
    const prefixOrder = (row: Row, values: readonly Value[]): number => {
      for (const [i, value] of values.entries()) {
        const order = compareValues(types[i]!, row[columns[i]!]!, value)
        if (order !== 0) return order
      }
      return 0
    }
    const above = (row: Row): boolean => lower.kind === 'open' || prefixOrder(row, low) > (lower.kind === 'inclusive' ? -1 : 0)
    const below = (row: Row): boolean => upper.kind === 'open' || prefixOrder(row, high) < (upper.kind === 'inclusive' ? 1 : 0)
    const found = this.#of(table)
      .filter((row) => isHeld(table, index?.where ?? [], row) && above(row) && below(row))
      .toSorted((left, right) => compareAt(table, [...columns, ...table.primaryKey], left, right))
    if (descending) found.reverse()
    const rows = limit === 0 ? found : found.slice(0, limit)
    if (rows.length > this.#profile.numbers.scanRows) throw new GuestTrap('too many rows')
    return rows
  }

  #bounds(types: readonly ColumnType[], lower: Bound, upper: Bound): [Value[], Value[]] {
    const [low, high] = [lower, upper].map((bound) => (bound.kind === 'open' ? [] : bound.values)) as [readonly Value[], readonly Value[]]
    if (low.length > types.length || high.length > types.length) throw new DbError('42601')
    const all = canonical([...types.slice(0, low.length), ...types], [...low, ...high], this.#profile.sizes.value)
    return [all.slice(0, low.length), all.slice(low.length)]
  }

  #write(name: string, values: readonly Value[], replaces: boolean): void {
    const table = this.#table(name)
    if (values.length !== table.columns.length) throw new DbError('42601')
    const types = table.columns.map(({ type }) => type)
    const row = canonical(types, values, this.#profile.sizes.value)
    const taken = this.#of(table).find((one) => compareAt(table, table.primaryKey, one, row) === 0)
    const replaced = replaces ? taken : undefined
    this.#checkSizes(table, row, replaced)
    for (const [column, { nullable }] of table.columns.entries()) if (!nullable && row[column] === null) throw new DbError('23502')
    for (const check of table.checks.toSorted((left, right) => Buffer.compare(Buffer.from(left.name), Buffer.from(right.name)))) {
      if (check.all.some((condition) => holds(table, condition, row) === false)) throw new DbError('23514', check.name)
    }
    const others = this.#of(table).filter((one) => one !== replaced)
    if (taken !== undefined && !replaces) throw new DbError('23505', `${name}_pkey`)
    for (const { name: constraint, columns, unique, where } of table.indexes) {
      if (!unique || !isHeld(table, where, row) || columns.some((column) => row[column] === null)) continue
      if (others.some((one) => isHeld(table, where, one) && compareAt(table, columns, one, row) === 0))
        throw new DbError('23505', constraint)
    }
    for (const { name: constraint, columns, references } of table.foreignKeys) {
      const key = columns.map((column) => row[column]!)
      if (key.some((value) => value === null)) continue
      const target = this.#table(references)
      const candidates = target === table ? [...others, row] : this.#of(target)
      const matches = (one: Row): boolean =>
        target.primaryKey.every((column, i) => compareValues(target.columns[column]!.type, one[column]!, key[i]!) === 0)
      if (!candidates.some(matches)) throw new DbError('23503', constraint)
    }
    this.#set(table, [...others, row])
  }

  #checkSizes(table: Table, row: Row, replaced: Row | undefined): void {
    const entries = this.#entriesOf(table, row)
    for (const { key } of entries) {
      const number = key[2]! * 256 + key[3]!
      this.#checkKey(key, number === 0 ? `${table.name}_pkey` : table.indexes[number - 1]!.name)
    }
    if (encodeRow(table, row).length > this.#profile.sizes.row) throw new DbError('54000')
    const sum = (list: readonly TreeEntry[]): number => list.reduce((total, { key, row: bytes }) => total + key.length + bytes.length, 0)
    const before = sum(this.treeEntries()) - (replaced === undefined ? 0 : sum(this.#entriesOf(table, replaced)))
    if (before + sum(entries) > this.#profile.stateBytes) throw new DbError('54000')
  }

  #checkKey(key: Uint8Array, constraint: string): void {
    if (key.length > this.#profile.sizes.key) throw new DbError('54000', constraint)
  }

  #entriesOf(table: Table, row: Row): TreeEntry[] {
    const key = (index: number, columns: readonly number[]): Uint8Array =>
      encodeKey(
        this.#number(table),
        index,
        columns.map((c) => table.columns[c]!.type),
        columns.map((c) => row[c]!),
      )
    const held = table.indexes.flatMap(({ columns, where }, i) =>
      isHeld(table, where, row) ? [{ key: key(i + 1, [...columns, ...table.primaryKey]), row: new Uint8Array(0) }] : [],
    )
    return [{ key: key(0, table.primaryKey), row: encodeRow(table, row) }, ...held]
  }

  #key(table: Table, key: readonly Value[]): Value[] {
    if (key.length !== table.primaryKey.length) throw new DbError('42601')
    const types = table.primaryKey.map((column) => table.columns[column]!.type)
    const values = canonical(types, key, this.#profile.sizes.value)
    this.#checkKey(encodeKey(this.#number(table), 0, types, values), `${table.name}_pkey`)
    if (values.some((value) => value === null)) throw new DbError('23502')
    return values
  }

  #find(table: Table, key: readonly Value[]): Row | undefined {
    return this.#of(table).find((row) =>
      table.primaryKey.every((column, i) => compareValues(table.columns[column]!.type, row[column]!, key[i]!) === 0),
    )
  }

  #table(name: string): Table {
    const table = this.#tables.find((one) => one.name === name)
    if (table === undefined) throw new DbError('42P01')
    return table
  }

  #number(table: Table): number {
    return this.#tables.indexOf(table)
  }

  #of(table: Table): Row[] {
    return this.#rows[this.#number(table)]!
  }

  #set(table: Table, rows: Row[]): void {
    this.#rows[this.#number(table)] = rows
  }
}
