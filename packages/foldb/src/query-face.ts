/** PostgreSQL beside a fold: started at the first query, brought up to date before each one, rebuilt when it is in doubt. */
import { FoldbError, type Manifest } from '@foldb/abi'
import type { QueryResult } from '@foldb/derivation-core'
import { type ConnectedMirror, openMirrorWorker } from '@foldb/pglite-store'
import type { Engine } from './engine/engine.ts'

export interface QueryRows<T> {
  readonly columns: readonly string[]
  /** One object a row, by column name; of two columns with one name the later wins. */
  readonly rows: readonly T[]
}

/** How long one query may take; PostgreSQL in WebAssembly cannot be interrupted, so a longer one costs its worker. */
const QUERY_TIMEOUT_MS = 60_000

export class QueryFace {
  readonly #engine: Engine
  readonly #manifest: Manifest
  readonly #queryTimeoutMs: number
  #mirror: Promise<ConnectedMirror> | undefined
  #stale = false
  #closed = false

  constructor(engine: Engine, manifest: Manifest, queryTimeoutMs: number = QUERY_TIMEOUT_MS) {
    this.#engine = engine
    this.#manifest = manifest
    this.#queryTimeoutMs = queryTimeoutMs
  }

  /** Starts PostgreSQL without waiting for it. */
  warm(): void {
    this.#open().catch(() => undefined)
  }

  async query<T>(text: string, params: readonly unknown[]): Promise<QueryRows<T>> {
    const mirror = await this.#open()
    const { changes, position } = this.#stale ? await this.#engine.everything() : await this.#engine.changes()
    this.#stale = false
    try {
      mirror.apply(changes, position)
      return objects<T>(await mirror.query(text, params))
    } catch (error) {
      if (!FoldbError.is(error) || error.name === 'Fault') await this.#discard()
      throw error
    }
  }

  /** Ends PostgreSQL and the query that it runs, which could take for ever. */
  async close(): Promise<void> {
    this.#closed = true
    const mirror = await this.#mirror?.catch(() => undefined)
    mirror?.fail(closed())
    await mirror?.[Symbol.asyncDispose]()
  }

  #open(): Promise<ConnectedMirror> {
    if (this.#closed) return Promise.reject(closed())
    const { tables, views } = this.#manifest
    this.#mirror ??= openMirrorWorker({ tables, views, queryTimeoutMs: this.#queryTimeoutMs }).catch((error: unknown) => {
      this.#mirror = undefined
      throw error
    })
    return this.#mirror
  }

  async #discard(): Promise<void> {
    const mirror = this.#mirror
    this.#mirror = undefined
    this.#stale = true
    await mirror?.then((opened) => opened[Symbol.asyncDispose]()).catch(() => undefined)
  }
}

function closed(): FoldbError {
  return new FoldbError('closed', 'the derivation is closed; derive the state again')
}

function objects<T>({ columns, rows }: QueryResult): QueryRows<T> {
  return { columns, rows: rows.map((row) => Object.fromEntries(columns.map((name, i) => [name, row[i]])) as T) }
}
