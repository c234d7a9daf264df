/** A host in memory for the JSON world: keys, ranges and unique indexes on plain maps, enough to run a reducer in a test. */
import type { Condition, Manifest, Table } from '@foldb/abi'
import type { GuestHost, LogLevel } from '../src/host.ts'

type Cell = null | boolean | number | string | object
type Bound = null | readonly ['inclusive' | 'exclusive', readonly Cell[]]

interface Range {
  readonly lower: Bound
  readonly upper: Bound
  readonly limit: number
  readonly descending: boolean
}

interface IndexShape {
  readonly name: string
  readonly columns: readonly number[]
  readonly unique: boolean
  readonly where: readonly Condition[]
}

function compareCells(a: Cell, b: Cell): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
  return a < b ? -1 : a > b ? 1 : 0
}

function comparePrefix(row: readonly Cell[], columns: readonly number[], values: readonly Cell[]): number {
  for (let i = 0; i < values.length; i++) {
    const order = compareCells(row[columns[i]!]!, values[i]!)
    if (order !== 0) return order
  }
  return 0
}

function holds(row: readonly Cell[], { column, comparison, operand }: Condition): boolean {
  const left = row[column]!
  const right = ('column' in operand ? row[operand.column] : operand.constant) as Cell
  if (comparison === 'is-null') return left === null
  if (comparison === 'is-not-null') return left !== null
  if (left === null || right === null) return false
  const order = compareCells(left, right)
  switch (comparison) {
    case 'equal':
      return order === 0
    case 'not-equal':
      return order !== 0
    case 'less':
      return order < 0
    case 'less-or-equal':
      return order <= 0
    case 'greater':
      return order > 0
    case 'greater-or-equal':
      return order >= 0
  }
}

class Refused extends Error {
  readonly answer: readonly string[]
  constructor(sqlstate: string, constraint: string) {
    super(sqlstate)
    this.answer = ['error', sqlstate, constraint]
  }
}

/** Tables of a manifest in memory, with what was asked and logged. */
export class MemoryHost implements GuestHost {
  readonly tables: Map<string, { readonly table: Table; readonly rows: Map<string, readonly Cell[]> }>
  readonly requests: string[] = []
  readonly logged: [LogLevel, string][] = []
  /** Bytes that `entropy` gives next, over and over. */
  stream: readonly number[] = [0]
  #at = 0

  constructor(manifest: Manifest) {
    this.tables = new Map(manifest.tables.map((table) => [table.name, { table, rows: new Map() }]))
  }

  call(request: string): string {
    this.requests.push(request)
    try {
      return JSON.stringify(['ok', this.#run(JSON.parse(request) as [string, string, ...never[]])])
    } catch (error) {
      if (error instanceof Refused) return JSON.stringify(error.answer)
      throw error
    }
  }

  entropy(count: number): Uint8Array {
    return Uint8Array.from({ length: count }, () => this.stream[this.#at++ % this.stream.length]!)
  }

  /** Starts the stream of entropy again, as every message does. */
  rewind(): void {
    this.#at = 0
  }

  log(level: LogLevel, text: string): void {
    this.logged.push([level, text])
  }

  /** Rows of a table in primary key order. */
  rows(name: string): (readonly Cell[])[] {
    return this.#scan(name, '', { lower: null, upper: null, limit: 0, descending: false })
  }

  #run([method, name, ...rest]: readonly [string, string, ...unknown[]]): unknown {
    const { table, rows } = this.tables.get(name) ?? this.#refuse('42P01', name)
    switch (method) {
      case 'get':
        return rows.get(JSON.stringify(rest[0])) ?? null
      case 'delete':
        return rows.delete(JSON.stringify(rest[0]))
      case 'scan':
        return this.#scan(name, rest[0] as string, rest[1] as Range)
      default:
        this.#write(method, table, rows, rest[0] as readonly Cell[])
        return null
    }
  }

  #refuse(sqlstate: string, constraint: string): never {
    throw new Refused(sqlstate, constraint)
  }

  #write(method: string, table: Table, rows: Map<string, readonly Cell[]>, row: readonly Cell[]): void {
    const key = JSON.stringify(table.primaryKey.map((i) => row[i]))
    if (method === 'insert' && rows.has(key)) this.#refuse('23505', `${table.name}_pkey`)
    for (const index of table.indexes) {
      if (!index.unique || !index.where.every((condition) => holds(row, condition))) continue
      for (const [at, other] of rows) {
        const member = at !== key && index.where.every((condition) => holds(other, condition))
        const values = index.columns.map((i) => row[i]!)
        if (member && !values.some((value) => value === null) && comparePrefix(other, index.columns, values) === 0)
          this.#refuse('23505', index.name)
      }
    }
    rows.set(key, row)
  }

  #scan(name: string, indexName: string, range: Range): (readonly Cell[])[] {
    const { table, rows } = this.tables.get(name)!
    const primary: IndexShape = { name: '', columns: table.primaryKey, unique: true, where: [] }
    const index = indexName === '' ? primary : (table.indexes.find((one) => one.name === indexName) ?? this.#refuse('42704', indexName))
    const inside = (row: readonly Cell[]): boolean => {
      const low = range.lower === null ? 1 : comparePrefix(row, index.columns, range.lower[1])
      const high = range.upper === null ? -1 : comparePrefix(row, index.columns, range.upper[1])
      const afterLower = low > 0 || (low === 0 && range.lower![0] === 'inclusive')
      return afterLower && (high < 0 || (high === 0 && range.upper![0] === 'inclusive'))
    }
    const order = [...index.columns, ...table.primaryKey]
    const found = [...rows.values()]
      .filter((row) => index.where.every((condition) => holds(row, condition)) && inside(row))
      .sort((a, b) =>
        comparePrefix(
          a,
          order,
          order.map((i) => b[i]!),
        ),
      )
    if (range.descending) found.reverse()
    return range.limit === 0 ? found : found.slice(0, range.limit)
  }
}
