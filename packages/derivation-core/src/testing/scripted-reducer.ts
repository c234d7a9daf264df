/** A reducer that does what a script says: vectors of the fold need no component to run. */
import { DbError, type Digest, type Manifest, type Outcome, type Row, type Value } from '@foldb/abi'

import { type Call, GuestTrap, type Range, type Reducer, type ReducerHost, type Tables } from '../ports.ts'

/** One call of a row operation. */
export type RowOperation =
  | { readonly op: 'get' | 'delete'; readonly table: string; readonly key: readonly Value[] }
  | { readonly op: 'insert' | 'put'; readonly table: string; readonly row: readonly Value[] }
  | { readonly op: 'scan'; readonly table: string; readonly index: string; readonly range: Range }

/** What a row operation answers: null for nothing. */
export type Answer =
  | { readonly ok: null | boolean | Row | readonly Row[] }
  | { readonly error: readonly [sqlstate: string, constraint: string] }
  | { readonly trap: true }

export type HostCall = RowOperation | { readonly op: 'entropy'; readonly count: number }
export type HostAnswer = Answer | { readonly bytes: Uint8Array }

/** What the reducer does for `init` or one message, and how it then ends. */
export interface Script {
  readonly calls: readonly HostCall[]
  readonly ends: Outcome
}

function perform(tables: Tables, operation: RowOperation): null | boolean | Row | readonly Row[] {
  const { table } = operation
  if (operation.op === 'scan') return tables.scan(table, operation.index, operation.range)
  if ('key' in operation) return operation.op === 'get' ? (tables.get(table, operation.key) ?? null) : tables.delete(table, operation.key)
  if (operation.op === 'insert') tables.insert(table, operation.row)
  else tables.put(table, operation.row)
  return null
}

/** Calls a row operation; a refusal and a trap are answers too. */
export function answerOf(tables: Tables, operation: RowOperation): Answer {
  try {
    return { ok: perform(tables, operation) }
  } catch (error) {
    if (DbError.is(error)) return { error: [error.sqlstate, error.constraint] }
    if (error instanceof GuestTrap) return { trap: true }
    throw error
  }
}

/** Plays scripts by position, 0 for `init`; `onAnswer` gets each answer with its position. */
export interface ScriptedReducerOptions {
  readonly digest: Digest
  readonly manifest: Manifest
  readonly scripts: readonly Script[]
  onAnswer?(position: number, answer: HostAnswer): void
}

function play(options: ScriptedReducerOptions, position: number, host: ReducerHost): Call {
  const { calls, ends } = options.scripts[position]!
  for (const call of calls) {
    const answer: HostAnswer = call.op === 'entropy' ? { bytes: host.entropy(call.count) } : answerOf(host.tables, call)
    options.onAnswer?.(position, answer)
    if ('trap' in answer) return { outcome: { status: 'trapped', code: 'trap' }, fuel: 0n }
  }
  return { outcome: ends, fuel: 0n }
}

/** The reducer of some scripts. */
export function createScriptedReducer(options: ScriptedReducerOptions): Reducer {
  return {
    digest: options.digest,
    manifest: options.manifest,
    usesSql: false,
    init: (_, host) => play(options, 0, host),
    reduce: ({ position }, host) => play(options, position, host),
    [Symbol.dispose]: () => undefined,
  }
}
