/** A reducer declared once: its manifest, its types and its three exports. */
import { DbError, type Manifest } from '@foldb/abi'
import type { JsonCell } from './cell.ts'
import type { Database, Tables } from './database.ts'
import { createEntropy, type Entropy } from './entropy.ts'
import { createLog, type GuestHost, type Log } from './host.ts'
import { encodeManifest, manifestOf } from './manifest.ts'
import { type ArgsOf, createArgsReader, type Params } from './params.ts'
import { Rejection } from './rejection.ts'
import { createDatabase } from './table-access.ts'

/** What is known about the message beside its arguments. */
export interface MessageInfo {
  /** Place in the log, from 1. */
  readonly position: number
  /** Authenticated author, as the log names it. */
  readonly sender: string
  /** Milliseconds since the Unix epoch as recorded in the log: the only clock there is. It need not grow. */
  readonly time: number
  readonly kind: string
}

/** What `init` works with. */
export interface InitContext<T extends Tables, P extends Params = {}> {
  readonly args: ArgsOf<P>
  readonly db: Database<T>
  readonly entropy: Entropy
  readonly log: Log
}

/** What the handler of a message works with. */
export interface Context<T extends Tables, P extends Params = {}> extends InitContext<T, P> {
  readonly message: MessageInfo
}

/** A message kind: its parameters, and what it does to the tables. */
export interface Handler<T extends Tables, P extends Params> {
  readonly params: P
  /** Folds one message, synchronously. Refuses it with `reject`. */
  reduce(context: Context<T, P>): void
}

/** Everything that a reducer declares. */
export interface ReducerDeclaration<T extends Tables, G extends Params, M extends Readonly<Record<string, Params>>> {
  readonly name: string
  readonly version: string
  /** By name, in the order that the state commits. */
  readonly tables: T
  /** Parameters of one game, one channel, one ledger: the arguments of `init`. */
  readonly genesis?: G
  /** Queries for people, by name; never part of a root. */
  readonly views?: Readonly<Record<string, string>>
  /** The table that has one row once the log is decided, and none before. */
  readonly verdict?: keyof T & string
  /** Runs once, on empty tables, before the first message. */
  readonly init?: (context: InitContext<T, G>) => void
  readonly messages: { readonly [K in keyof M]: Handler<T, M[K]> }
}

/** A reducer: what `buildReducer` wires to the component's exports. */
export interface Reducer<
  T extends Tables = Tables,
  G extends Params = Params,
  M extends Readonly<Record<string, Params>> = Readonly<Record<string, Params>>,
> {
  readonly manifest: Manifest
  /** The manifest as JSON. */
  describe(): string
  /** Arguments as a JSON array; answers `null` or `["reject",code,text]`. */
  init(args: string, host: GuestHost): string
  /** One message as JSON; answers `null` or `["reject",code,text]`. */
  reduce(message: string, host: GuestHost): string
  /** Only for the type checker; never present. */
  readonly '~types'?: { readonly tables: T; readonly genesis: G; readonly messages: M }
}

/** The arguments of one message kind of a reducer. */
export type MessageArgs<R extends Reducer, K extends string> =
  R extends Reducer<Tables, Params, infer M> ? (K extends keyof M ? ArgsOf<M[K]> : never) : never

/** The arguments of a reducer's genesis. */
export type GenesisArgs<R extends Reducer> = R extends Reducer<Tables, infer G> ? ArgsOf<G> : never

/** What every context shares. Made once, while the component is built, because memory is set back to that moment before every call. */
class Guest<T extends Tables> {
  host: GuestHost | undefined
  readonly db: Database<T>
  readonly entropy: Entropy
  readonly log: Log

  constructor(tables: T) {
    this.db = createDatabase(tables, (request) => this.#serving().call(request))
    this.entropy = createEntropy((count) => this.#serving().entropy(count))
    this.log = createLog((level, text) => this.#serving().log(level, text))
  }

  #serving(): GuestHost {
    if (this.host === undefined)
      throw new TypeError('expected to be called while a message is folded: db, entropy and log belong to their message')
    return this.host
  }
}

/** The build erases types without checking them, so that a slip arrives here. */
function checkHandlers(messages: Readonly<Record<string, Partial<Handler<Tables, Params>>>>): void {
  for (const [kind, { params, reduce }] of Object.entries(messages)) {
    if (typeof params !== 'object') throw new TypeError(`message ${kind}: expected params, {} for none, got ${typeof params}`)
    if (typeof reduce !== 'function') throw new TypeError(`message ${kind}: expected a function reduce, got ${typeof reduce}`)
  }
}

function answer(guest: Guest<Tables>, host: GuestHost, run: () => unknown): string {
  guest.host = host
  try {
    if (run() !== undefined) throw new TypeError('expected a handler that returns nothing, and not a promise: a reducer is synchronous')
    return 'null'
  } catch (error) {
    if (error instanceof Rejection) return JSON.stringify(['reject', error.code, error.message])
    if (DbError.is(error)) return JSON.stringify(['reject', `sql-${error.sqlstate.toLowerCase()}`, error.constraint])
    host.log('error', error instanceof Error ? `${error.name}: ${error.message}\n${error.stack ?? ''}` : `thrown: ${String(error)}`)
    throw error
  } finally {
    guest.host = undefined
  }
}

/**
 * Declares a reducer: tables, parameters and message kinds once, and the code that folds each kind.
 * Nothing but the tables lives from one message to the next: a top-level variable is set back before every call.
 *
 * @throws TypeError when a declaration names a column or table that is not there, or a message kind lacks `params` or `reduce`.
 * @example
 * export const reducer = defineReducer({
 *   name: 'counter', version: '1.0.0',
 *   tables: { counters: table({ columns: { owner: text(), count: integer() }, primaryKey: ['owner'] }) },
 *   messages: {
 *     add: {
 *       params: { amount: integer() },
 *       reduce({ args, db, message }) {
 *         if (args.amount < 1) reject('not-positive')
 *         const count = db.counters.get(message.sender)?.count ?? 0
 *         db.counters.put({ owner: message.sender, count: count + args.amount })
 *       },
 *     },
 *   },
 * })
 */
export function defineReducer<const T extends Tables, const M extends Readonly<Record<string, Params>>, const G extends Params = {}>(
  declaration: ReducerDeclaration<T, G, M>,
): Reducer<T, G, M> {
  checkHandlers(declaration.messages)
  const manifest = manifestOf(declaration)
  const description = encodeManifest(manifest)
  const readGenesis = createArgsReader(declaration.genesis ?? {}) as (cells: readonly JsonCell[]) => ArgsOf<G>
  const handlers = new Map<string, { readArgs: (cells: readonly JsonCell[]) => ArgsOf<Params>; handler: Handler<T, Params> }>()
  for (const [kind, handler] of Object.entries<Handler<T, Params>>(declaration.messages as never)) {
    handlers.set(kind, { readArgs: createArgsReader(handler.params), handler })
  }
  const guest = new Guest(declaration.tables)
  const { db, entropy, log } = guest
  return {
    manifest,
    describe: () => description,
    init: (args, host) =>
      answer(guest, host, () => declaration.init?.({ args: readGenesis(JSON.parse(args) as JsonCell[]), db, entropy, log })),
    reduce: (message, host) =>
      answer(guest, host, () => {
        const { args, position, sender, time, kind } = JSON.parse(message) as MessageInfo & { args: readonly JsonCell[] }
        const { readArgs, handler } = handlers.get(kind)!
        return handler.reduce({ args: readArgs(args), db, entropy, log, message: { position, sender, time, kind } })
      }),
  }
}
