/** The tables over the host's JSON call; requests are text from the start, rows become objects at the end. */
import { DbError, type Value } from '@foldb/abi'
import { decodeCell, encodeCell, encodeCells, type JsonCell } from './cell.ts'
import type { Database, ScanOptions, Tables } from './database.ts'
import type { Table } from './table.ts'

type Call = (request: string) => string
type Row = Readonly<Record<string, Value>>
type Scan = ScanOptions<readonly Value[]>

function ask(call: Call, request: string): unknown {
  const answer = JSON.parse(call(request)) as readonly ['ok', unknown] | readonly ['error', string, string]
  if (answer[0] === 'ok') return answer[1]
  throw new DbError(answer[1], answer[2])
}

function bound(inclusive: readonly Value[] | undefined, exclusive: readonly Value[] | undefined): string {
  if (exclusive !== undefined) return `["exclusive",${encodeCells(exclusive)}]`
  return inclusive === undefined ? 'null' : `["inclusive",${encodeCells(inclusive)}]`
}

function bothOf(a: string, b: string): TypeError {
  return new TypeError(`expected ${a} or ${b}, got both`)
}

function rangeText(options: Scan): string {
  if (options.from !== undefined && options.after !== undefined) throw bothOf('from', 'after')
  if (options.to !== undefined && options.before !== undefined) throw bothOf('to', 'before')
  const lower = bound(options.from, options.after)
  const upper = bound(options.to, options.before)
  return `{"lower":${lower},"upper":${upper},"limit":${options.limit ?? 0},"descending":${options.descending === true}}`
}

function exactly(values: readonly Value[], upToOne: boolean): string {
  const cells = encodeCells(values)
  return `{"lower":["inclusive",${cells}],"upper":["inclusive",${cells}],"limit":${upToOne ? 1 : 0},"descending":false}`
}

class RowShape {
  readonly names: readonly string[]
  /** Columns whose cells may be objects: integers beyond 2^53, bytes, non-finite floats. */
  readonly marked: readonly number[]

  constructor(table: Table) {
    this.names = Object.keys(table.columns)
    this.marked = this.names.flatMap((name, i) => (['int64', 'float', 'bytes'].includes(table.columns[name]!.check) ? [i] : []))
  }

  /** Cells in declared order. */
  encode(row: Row): string {
    let text = '['
    for (let i = 0; i < this.names.length; i++) text += (i === 0 ? '' : ',') + encodeCell(row[this.names[i]!])
    return `${text}]`
  }

  decode(cells: readonly JsonCell[]): Row {
    const row: Record<string, Value> = {}
    for (let i = 0; i < this.names.length; i++) row[this.names[i]!] = cells[i] as Value
    for (const i of this.marked) row[this.names[i]!] = decodeCell(cells[i]!)
    return row
  }
}

function createScans(call: Call, head: string, shape: RowShape, unique: boolean): object {
  const rows = (range: string): Row[] => (ask(call, `${head}${range}]`) as JsonCell[][]).map((cells) => shape.decode(cells))
  const scans = {
    scan: (options: Scan = {}) => rows(rangeText(options)),
    all: (...prefix: readonly Value[]) => rows(exactly(prefix, false)),
  }
  return unique ? { ...scans, get: (...values: readonly Value[]) => rows(exactly(values, true))[0] } : scans
}

function createTable(call: Call, name: string, table: Table): object {
  const shape = new RowShape(table)
  const quoted = JSON.stringify(name)
  const head = (method: string): string => `["${method}",${quoted},`
  const [get, insert, put, remove] = [head('get'), head('insert'), head('put'), head('delete')] as const
  const by: Record<string, object> = {}
  for (const [key, index] of Object.entries(table.indexes)) {
    by[key] = createScans(call, `${head('scan')}${JSON.stringify(`${name}_${key}`)},`, shape, index.unique)
  }
  const find = (key: readonly Value[]): readonly JsonCell[] | null => ask(call, `${get}${encodeCells(key)}]`) as JsonCell[] | null
  return {
    ...createScans(call, `${head('scan')}"",`, shape, false),
    get(...key: readonly Value[]) {
      const cells = find(key)
      return cells === null ? undefined : shape.decode(cells)
    },
    has: (...key: readonly Value[]) => find(key) !== null,
    insert: (row: Row) => void ask(call, `${insert}${shape.encode(row)}]`),
    put: (row: Row) => void ask(call, `${put}${shape.encode(row)}]`),
    update(row: Row, changes: Row) {
      const next = { ...row, ...changes }
      ask(call, `${put}${shape.encode(next)}]`)
      return next
    },
    delete: (...key: readonly Value[]) => ask(call, `${remove}${encodeCells(key)}]`) as boolean,
    by,
  }
}

/** Typed tables over the host's call. */
export function createDatabase<T extends Tables>(tables: T, call: Call): Database<T> {
  const database: Record<string, object> = {}
  for (const [name, table] of Object.entries(tables)) database[name] = createTable(call, name, table)
  return database as Database<T>
}
