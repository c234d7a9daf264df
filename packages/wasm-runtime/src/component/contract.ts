/** The function types of `foldb:reducer@0.1.0`, by structure: wit/reducer.wit. A component must import and export exactly these. */
import type { TypeTable } from './types.ts'

/** Functions by `interface#function`, as numbers of a type table. */
export type Contract = ReadonlyMap<string, number>

/** Labels with their types, in order; `undefined` for a case without a payload. */
type Fields = Readonly<Record<string, number | undefined>>

class Builder {
  readonly table: TypeTable
  readonly bool: number
  readonly u32: number
  readonly u64: number
  readonly string: number

  constructor(table: TypeTable) {
    this.table = table
    this.bool = table.primitive('bool')
    this.u32 = table.primitive('u32')
    this.u64 = table.primitive('u64')
    this.string = table.primitive('string')
  }

  #shape(shape: string, fields: Fields): number {
    return this.table.of({ shape, parts: Object.entries(fields).map(([label, id]) => ({ label, id })) })
  }

  list(id: number): number {
    return this.#shape('list', { '': id })
  }

  option(id: number): number {
    return this.#shape('option', { '': id })
  }

  result(ok: number | undefined, error: number): number {
    const parts = [ok, error].map((id) => ({ label: '', id }))
    return this.table.of({ shape: 'result', parts })
  }

  record(fields: Fields): number {
    return this.#shape('record', fields)
  }

  variant(cases: Fields): number {
    return this.#shape('variant', cases)
  }

  enumeration(labels: string): number {
    return this.#shape('enum', Object.fromEntries(labels.split(' ').map((label) => [label, undefined])))
  }

  func(params: Readonly<Record<string, number>>, result?: number): number {
    return this.table.of({ isAsync: false, params: Object.entries(params).map(([label, id]) => ({ label, id })), result })
  }

  value(): number {
    return this.variant({
      null: undefined,
      boolean: this.bool,
      integer: this.table.primitive('s64'),
      float: this.table.primitive('f64'),
      text: this.string,
      bytes: this.list(this.table.primitive('u8')),
    })
  }
}

function columnType(b: Builder): number {
  const none = undefined
  return b.variant({
    boolean: none,
    smallint: none,
    integer: none,
    bigint: none,
    'double-precision': none,
    numeric: b.record({ precision: b.u32, scale: b.u32 }),
    text: none,
    bytea: none,
    uuid: none,
    date: none,
    timestamptz: none,
    jsonb: none,
  })
}

function tableType(b: Builder, value: number): number {
  const column = b.record({ name: b.string, type: columnType(b), nullable: b.bool })
  const comparison = b.enumeration('equal not-equal less less-or-equal greater greater-or-equal is-null is-not-null')
  const operand = b.variant({ constant: value, column: b.u32 })
  const conditions = b.list(b.record({ column: b.u32, comparison, operand }))
  const numbers = b.list(b.u32)
  const index = b.record({ name: b.string, columns: numbers, unique: b.bool, where: conditions })
  const check = b.record({ name: b.string, all: conditions })
  const foreignKey = b.record({ name: b.string, columns: numbers, references: b.string })
  return b.record({
    name: b.string,
    columns: b.list(column),
    'primary-key': numbers,
    indexes: b.list(index),
    checks: b.list(check),
    'foreign-keys': b.list(foreignKey),
  })
}

function manifestType(b: Builder, value: number): number {
  const params = b.list(b.record({ name: b.string, type: b.enumeration('boolean integer float text bytes'), nullable: b.bool }))
  return b.record({
    name: b.string,
    version: b.string,
    tables: b.list(tableType(b, value)),
    views: b.list(b.record({ name: b.string, query: b.string })),
    genesis: params,
    messages: b.list(b.record({ name: b.string, params })),
    verdict: b.string,
  })
}

function tableFunctions(b: Builder, value: number): Record<string, number> {
  const row = b.list(value)
  const dbError = b.record({ sqlstate: b.string, constraint: b.string })
  const bound = b.variant({ open: undefined, inclusive: row, exclusive: row })
  const range = b.record({ lower: bound, upper: bound, limit: b.u32, descending: b.bool })
  const page = b.record({ width: b.u32, cells: row })
  const done = b.result(undefined, dbError)
  return {
    'tables#get': b.func({ table: b.string, key: row }, b.result(b.option(row), dbError)),
    'tables#insert': b.func({ table: b.string, row }, done),
    'tables#put': b.func({ table: b.string, row }, done),
    'tables#delete': b.func({ table: b.string, key: row }, b.result(b.bool, dbError)),
    'tables#scan': b.func({ table: b.string, index: b.string, range }, b.result(page, dbError)),
  }
}

function messageType(b: Builder, value: number): number {
  return b.record({ position: b.u64, sender: b.string, time: b.u64, kind: b.string, args: b.list(value) })
}

/** Every function of the contract that this version can run. */
export function contractOf(table: TypeTable): Contract {
  const b = new Builder(table)
  const value = b.value()
  const level = b.enumeration('debug info warn error')
  const outcome = b.result(undefined, b.record({ code: b.string, message: b.string }))
  return new Map(
    Object.entries({
      ...tableFunctions(b, value),
      'tables-json#call': b.func({ request: b.string }, b.string),
      'entropy#bytes': b.func({ count: b.u32 }, b.list(table.primitive('u8'))),
      'log#write': b.func({ level, text: b.string }),
      'reducer#describe': b.func({}, manifestType(b, value)),
      'reducer#init': b.func({ args: b.list(value) }, outcome),
      'reducer#reduce': b.func({ message: messageType(b, value) }, outcome),
      'reducer-json#describe': b.func({}, b.string),
      'reducer-json#init': b.func({ args: b.string }, b.string),
      'reducer-json#reduce': b.func({ message: b.string }, b.string),
    }),
  )
}
