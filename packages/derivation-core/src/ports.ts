/** The interfaces that the fold needs and others implement: design §8. Synchronous where a guest waits for the answer. */
import type { Digest, Genesis, Manifest, Outcome, Row, Value } from '@foldb/abi'

/** A message as a reducer gets it: arguments in declared order, already checked against their types. */
export interface ReducerMessage {
  readonly position: number
  readonly sender: string
  readonly time: number
  readonly kind: string
  readonly args: readonly Value[]
}

export interface Call {
  readonly outcome: Outcome
  /** Units of the price table; 0 while nothing is metered. */
  readonly fuel: bigint
  /** What the reducer said for people when it rejected; never part of history. */
  readonly reason?: string
}

/** Deterministic code that folds messages. Throws a Fault when the host broke; whatever the guest does is an outcome. */
export interface Reducer extends Disposable {
  /** SHA-256 of the component's bytes. */
  readonly digest: Digest
  /** As the guest declared it; the fold validates it before it uses it. */
  readonly manifest: Manifest
  readonly usesSql: boolean
  init(args: readonly Value[], host: ReducerHost): Call
  reduce(message: ReducerMessage, host: ReducerHost): Call
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

/** What a reducer may call while it runs. */
export interface ReducerHost {
  readonly tables: Tables
  entropy(count: number): Uint8Array
  log(level: LogLevel, text: string): void
}

export type Bound = { readonly kind: 'open' } | { readonly kind: 'inclusive' | 'exclusive'; readonly values: readonly Value[] }

export interface Range {
  readonly lower: Bound
  readonly upper: Bound
  /** At most this many rows; 0 means all. */
  readonly limit: number
  readonly descending: boolean
}

/**
 * Rows by key. Each operation throws a DbError when it is refused (it then changed nothing), and a GuestTrap when the request exceeds
 * a limit of the profile that traps. Values come in as the guest wrote them and go out canonical for their column.
 */
export interface Tables {
  get(table: string, key: readonly Value[]): Row | undefined
  insert(table: string, row: readonly Value[]): void
  put(table: string, row: readonly Value[]): void
  delete(table: string, key: readonly Value[]): boolean
  scan(table: string, index: string, range: Range): readonly Row[]
}

/** A host call that ends the message as trapped: a limit, or a call where none is allowed. Never caught by a guest. */
export class GuestTrap extends Error {
  constructor(reason: string) {
    super(reason)
    this.name = 'GuestTrap'
  }
}

/** One row's net change between two positions: `row` is undefined when it was deleted. */
export interface RowChange {
  /** Number of the table in the manifest. */
  readonly table: number
  readonly key: Row
  readonly row: Row | undefined
}

export interface QueryResult {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly unknown[])[]
}

/** Relational tables for people, following the fold. Its state is never read back. */
export interface RelationalMirror extends AsyncDisposable {
  /** The position of the last change set that was applied. */
  readonly position: number
  apply(changes: readonly RowChange[], position: number): void
  /** Runs one read-only statement after everything applied so far. */
  query(text: string, params?: readonly unknown[]): Promise<QueryResult>
}

/** One message's canonical bytes. */
export type EncodedMessage = Uint8Array

/** An append-only sequence of messages; positions from 1, without gaps. */
export interface MessageLog {
  readonly genesis: Genesis
  read(range?: { readonly from?: number; readonly to?: number }): AsyncIterable<readonly EncodedMessage[]>
}
