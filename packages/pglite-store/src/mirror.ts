/** A mirror in this thread: change sets wait until somebody asks, or until a batch is full. */
import type { QueryResult, RelationalMirror, RowChange } from '@foldb/derivation-core'
import { PendingChanges } from './change-batch.ts'
import { MirrorDatabase, type MirrorOptions } from './mirror-database.ts'
import { closedMirror } from './mirror-closed.ts'

/** Keys that may wait before they are written. */
export const BATCH_KEYS = 10_000

/**
 * Opens PostgreSQL in memory with the tables and views of a manifest.
 *
 * Queries run in the caller's thread; a query that overflows the engine's stack kills the mirror (a Fault). Where strangers send queries,
 * take `openMirrorWorker`.
 *
 * @throws FoldbError `bad-view`.
 * @example
 * await using mirror = await openMirror({ tables: manifest.tables })
 * mirror.apply(fold.takeChanges(), fold.position)
 * await mirror.query('select count(*) from units where hp > $1', [0])
 */
export async function openMirror(options: MirrorOptions): Promise<RelationalMirror> {
  return new LocalMirror(await MirrorDatabase.open(options), options)
}

class LocalMirror implements RelationalMirror {
  readonly #database: MirrorDatabase
  readonly #pending: PendingChanges
  #position = 0
  #closed = false
  #broken: unknown

  constructor(database: MirrorDatabase, { tables }: MirrorOptions) {
    this.#database = database
    this.#pending = new PendingChanges(tables)
  }

  get position(): number {
    return this.#position
  }

  apply(changes: readonly RowChange[], position: number): void {
    this.#check()
    this.#pending.add(changes)
    this.#position = position
    if (this.#pending.size >= BATCH_KEYS) this.#flush()
  }

  async query(text: string, params: readonly unknown[] = []): Promise<QueryResult> {
    this.#check()
    this.#flush()
    return this.#database.query(text, params)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    await this.#database[Symbol.asyncDispose]()
  }

  /** What could not be written is lost, so a mirror that failed once answers nothing any more. */
  #flush(): void {
    if (this.#pending.size === 0) return
    try {
      this.#database.write(this.#pending.take())
    } catch (error) {
      this.#broken = error
      throw error
    }
  }

  #check(): void {
    if (this.#closed) throw closedMirror()
    if (this.#broken !== undefined) throw this.#broken
  }
}
