/** The function types of `foldb:reducer@0.1.0`, by structure: wit/reducer.wit. A component must import and export exactly these. */
import type { TypeTable } from './types.ts'

/** Functions by `interface#function`, as numbers of a type table. */
export type Contract = ReadonlyMap<string, number>

type Fields = readonly (readonly [label: string, id: number])[]

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

  list(id: number): number {
    return this.table.of({ shape: 'list', parts: [{ label: '', id }] })
  }

  option(id: number): number {
    return this.table.of({ shape: 'option', parts: [{ label: '', id }] })
  }

  result(ok: number | undefined, error: number): number {
    return this.table.of({ shape: 'result', parts: [{ label: '', id: ok }, { label: '', id: error }] })
  }

  record(fields: Fields): number {
    return this.table.of({ shape: 'record', parts: fields.map(([label, id]) => ({ label, id })) })
  }

  variant(cases: readonly (readonly [string, number?])[]): number {
    return this.table.of({ shape: 'variant', parts: cases.map(([label, id]) => ({ label, id })) })
  }

  enumeration(labels: readonly string[]): number {
    return this.table.of({ shape: 'enum', parts: labels.map((label) => ({ label, id: undefined })) })
  }

  func(params: Fields, result?: number): number {
    return this.table.of({ isAsync: false, params: params.map(([label, id]) => ({ label, id })), result })
  }

  value(): number {
    const bytes = this.list(this.table.primitive('u8'))
    return this.variant([
      ['null'],
      ['boolean', this.bool],
      ['integer', this.table.primitive('s64')],
      ['float', this.table.primitive('f64')],
      ['text', this.string],
      ['bytes', bytes],
    ])
  }
}

function tableType(b: Builder, value: number): number {
  const decimal = b.record([['precision', b.u32], ['scale', b.u32]])
  const plain = (names: string): [string][] => names.split(' ').map((name) => [name])
  const columnType = b.variant([
    ...plain('boolean smallint integer bigint double-precision'),
    ['numeric', decimal],
    ...plain('text bytea uuid date timestamptz jsonb'),
  ])
  const column = b.record([['name', b.string], ['type', columnType], ['nullable', b.bool]])
  const comparison = b.enumeration('equal not-equal less less-or-equal greater greater-or-equal is-null is-not-null'.split(' '))
  const operand = b.variant([['constant', value], ['column', b.u32]])
  const conditions = b.list(b.record([['column', b.u32], ['comparison', comparison], ['operand', operand]]))
  const numbers = b.list(b.u32)
  const index = b.record([['name', b.string], ['columns', numbers], ['unique', b.bool], ['where', conditions]])
  const check = b.record([['name', b.string], ['all', conditions]])
  const foreignKey = b.record([['name', b.string], ['columns', numbers], ['references', b.string]])
  return b.record([
    ['name', b.string],
    ['columns', b.list(column)],
    ['primary-key', numbers],
    ['indexes', b.list(index)],
    ['checks', b.list(check)],
    ['foreign-keys', b.list(foreignKey)],
  ])
}

function manifestType(b: Builder, value: number): number {
  const valueType = b.enumeration('boolean integer float text bytes'.split(' '))
  const params = b.list(b.record([['name', b.string], ['type', valueType], ['nullable', b.bool]]))
  const view = b.record([['name', b.string], ['query', b.string]])
  return b.record([
    ['name', b.string],
    ['version', b.string],
    ['tables', b.list(tableType(b, value))],
    ['views', b.list(view)],
    ['genesis', params],
    ['messages', b.list(b.record([['name', b.string], ['params', params]]))],
    ['verdict', b.string],
  ])
}

function tableFunctions(b: Builder, value: number): [string, number][] {
  const row = b.list(value)
  const dbError = b.record([['sqlstate', b.string], ['constraint', b.string]])
  const bound = b.variant([['open'], ['inclusive', row], ['exclusive', row]])
  const range = b.record([['lower', bound], ['upper', bound], ['limit', b.u32], ['descending', b.bool]])
  const page = b.record([['width', b.u32], ['cells', row]])
  const done = b.result(undefined, dbError)
  return [
    ['tables#get', b.func([['table', b.string], ['key', row]], b.result(b.option(row), dbError))],
    ['tables#insert', b.func([['table', b.string], ['row', row]], done)],
    ['tables#put', b.func([['table', b.string], ['row', row]], done)],
    ['tables#delete', b.func([['table', b.string], ['key', row]], b.result(b.bool, dbError))],
    ['tables#scan', b.func([['table', b.string], ['index', b.string], ['range', range]], b.result(page, dbError))],
  ]
}

/** Every function of the contract that this version can run. */
export function contractOf(table: TypeTable): Contract {
  const b = new Builder(table)
  const value = b.value()
  const level = b.enumeration('debug info warn error'.split(' '))
  const outcome = b.result(undefined, b.record([['code', b.string], ['message', b.string]]))
  const message = b.record([
    ['position', b.u64],
    ['sender', b.string],
    ['time', b.u64],
    ['kind', b.string],
    ['args', b.list(value)],
  ])
  const text = (label: string): number => b.func([[label, b.string]], b.string)
  return new Map<string, number>([
    ...tableFunctions(b, value),
    ['tables-json#call', text('request')],
    ['entropy#bytes', b.func([['count', b.u32]], b.list(table.primitive('u8')))],
    ['log#write', b.func([['level', level], ['text', b.string]])],
    ['reducer#describe', b.func([], manifestType(b, value))],
    ['reducer#init', b.func([['args', b.list(value)]], outcome)],
    ['reducer#reduce', b.func([['message', message]], outcome)],
    ['reducer-json#describe', b.func([], b.string)],
    ['reducer-json#init', text('args')],
    ['reducer-json#reduce', text('message')],
  ])
}
