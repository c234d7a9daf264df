/** A PostgreSQL of one's own in memory: what an application keeps beside a derived state. */
import { FoldbError } from '@foldb/abi'
import { affectedRows, type Client } from './client.ts'
import { cellDecoder } from './decode-text.ts'
import { badDump, unpackDump } from './dump.ts'
import { encodeParam } from './encode-param.ts'
import { openPostgres, type Postgres, type PostgresOptions } from './open-postgres.ts'
import { PgError } from './pg-error.ts'
import { statementError } from './query-error.ts'
import type { Reply } from './wire-reader.ts'

export interface PGliteOptions extends PostgresOptions {
  /** A dump to start from, as `export` gives it. */
  readonly dump?: Uint8Array<ArrayBuffer>
  /** Bytes that a dump may unpack to. Default 1 GiB. */
  readonly dumpBytesMax?: number
}

/** One row by column name; of two columns with one name the later one counts. */
export type StoreRow = Readonly<Record<string, unknown>>

/**
 * A database that may be read and written. Values come as `query` of the mirror gives them. Errors are FoldbErrors `statement-failed`
 * with `fields.sqlstate`, and where known `character`, `detail`, `hint` and `constraint`.
 */
export interface PGliteStore extends AsyncDisposable {
  /** Runs statements and gives how many rows they inserted, changed or deleted. Several statements at once only without parameters. */
  execute(sql: string, params?: readonly unknown[]): Promise<number>
  /** Runs one statement and gives its rows. */
  query<T extends StoreRow = StoreRow>(sql: string, params?: readonly unknown[]): Promise<T[]>
  /** All of the database, packed. Rows of unlogged tables are not in it. Throws `in-transaction` while one is open. */
  export(): Promise<Uint8Array<ArrayBuffer>>
  /** Replaces all of the database. Throws `bad-dump` for what `export` did not give, and then changes nothing. */
  import(dump: Uint8Array<ArrayBuffer>): Promise<void>
  close(): Promise<void>
}

const DUMP_BYTES_MAX = 1 << 30

/**
 * Opens an empty PostgreSQL, or one from a dump.
 *
 * @throws FoldbError `bad-dump`
 * @example
 * await using db = await createPGlite()
 * await db.execute('create table notes (id int primary key, body text)')
 * await db.execute('insert into notes values ($1, $2)', [1, 'hello'])
 * await db.query('select * from notes') // [{ id: 1, body: 'hello' }]
 */
export async function createPGlite(options: PGliteOptions = {}): Promise<PGliteStore> {
  return new Store(await open(options, options.dump), options)
}

class Store implements PGliteStore {
  readonly #options: PGliteOptions
  #postgres: Postgres
  #closed = false
  /** Exports, imports and the closing, one after another. */
  #last: Promise<unknown> = Promise.resolve()

  constructor(postgres: Postgres, options: PGliteOptions) {
    this.#postgres = postgres
    this.#options = options
  }

  async execute(sql: string, params: readonly unknown[] = []): Promise<number> {
    const client = this.#client(sql)
    return affectedRows(told(() => (params.length === 0 ? client.run(sql) : runOne(client, sql, params).reply)))
  }

  async query<T extends StoreRow = StoreRow>(sql: string, params: readonly unknown[] = []): Promise<T[]> {
    const client = this.#client(sql)
    const { prepared, reply } = told(() => runOne(client, sql, params))
    const columns = (prepared.fields ?? []).map(({ name, oid }) => ({ name, decode: cellDecoder(oid) }))
    return reply.rows.map((row) => {
      const entries = columns.map(({ name, decode }, i) => [name, row[i] === null ? null : decode(row[i] as Uint8Array)] as const)
      return Object.fromEntries(entries) as T
    })
  }

  async export(): Promise<Uint8Array<ArrayBuffer>> {
    return this.#inTurn(async () => {
      const { client } = this.#postgres
      if (client.module._IsTransactionBlock() !== 0)
        throw new FoldbError('in-transaction', 'expected no open transaction; commit or roll back first')
      return this.#postgres.dump()
    })
  }

  async import(dump: Uint8Array<ArrayBuffer>): Promise<void> {
    await this.#inTurn(async () => {
      const next = await open(this.#options, dump)
      const before = this.#postgres
      this.#postgres = next
      await before[Symbol.asyncDispose]()
    })
  }

  async close(): Promise<void> {
    if (this.#closed) return
    const closing = this.#inTurn(async () => this.#postgres[Symbol.asyncDispose]())
    this.#closed = true
    await closing
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  #client(sql: string): Client {
    this.#check()
    if (sql.includes('\0'))
      throw new FoldbError('statement-failed', 'statement failed: text with U+0000 (sqlstate 22021)', { fields: { sqlstate: '22021' } })
    return this.#postgres.client
  }

  #check(): void {
    if (this.#closed) throw new FoldbError('store-closed', 'the store is closed; create another')
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    this.#check()
    const done = this.#last.then(work)
    this.#last = done.catch(() => undefined)
    return done
  }
}

function runOne(client: Client, sql: string, params: readonly unknown[]): { prepared: Reply; reply: Reply } {
  const prepared = client.prepare('', sql)
  const encoded = prepared.params.map((oid, i) => encodeParam(params[i] ?? null, oid, i + 1))
  if (params.length !== encoded.length) {
    const text = `statement failed: expected ${encoded.length} parameters, got ${params.length} (sqlstate 07001)`
    throw new FoldbError('statement-failed', text, { fields: { sqlstate: '07001' } })
  }
  return { prepared, reply: client.execute('', encoded) }
}

function told<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw error instanceof PgError ? statementError('statement-failed', error) : error
  }
}

async function open(options: PGliteOptions, dump: Uint8Array<ArrayBuffer> | undefined): Promise<Postgres> {
  if (dump === undefined) return openPostgres(options)
  const data = await unpackDump(dump, options.dumpBytesMax ?? DUMP_BYTES_MAX)
  try {
    return await openPostgres(options, data)
  } catch (cause) {
    throw badDump('PostgreSQL does not start from it', cause)
  }
}
