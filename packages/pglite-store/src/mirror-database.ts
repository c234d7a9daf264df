/** Where a mirror's rows lie: tables and views in one PostgreSQL, written by batches and read by people. */
import { Fault, type Table, type View } from '@foldb/abi'
import type { QueryResult } from '@foldb/derivation-core'
import type { TableBatch } from './change-batch.ts'
import { affectedRows, type Client } from './client.ts'
import { typeInfo } from './column-oid.ts'
import { createViews } from './create-views.ts'
import { mirrorDdl } from './ddl.ts'
import { openPostgres, type Postgres, type PostgresOptions } from './open-postgres.ts'
import { readOnlyQuery } from './read-only-query.ts'
import { readerRole } from './reader-role.ts'
import { quote } from './sql-text.ts'

export interface MirrorOptions extends PostgresOptions {
  readonly tables: readonly Table[]
  readonly views?: readonly View[]
  /** Rows that one query may give; more is an error. Default 1 000 000. */
  readonly rowsMax?: number
}

const ROWS_MAX = 1_000_000
/** A table is analyzed, and vacuumed when rows were deleted, when this many rows and half of its size changed. */
const UPKEEP_ROWS = 1000

interface Upkeep {
  rows: number
  /** Since the last upkeep. */
  changed: number
  deleted: number
}

export class MirrorDatabase implements AsyncDisposable {
  readonly #postgres: Postgres
  readonly #client: Client
  readonly #tables: readonly Table[]
  readonly #reader: number
  readonly #rowsMax: number
  readonly #upkeep: Upkeep[]

  private constructor(postgres: Postgres, options: MirrorOptions) {
    this.#postgres = postgres
    this.#client = postgres.client
    this.#tables = options.tables
    this.#rowsMax = options.rowsMax ?? ROWS_MAX
    this.#upkeep = options.tables.map(() => ({ rows: 0, changed: 0, deleted: 0 }))
    this.#reader = readerRole(this.#client)
  }

  /**
   * Starts PostgreSQL with the tables and views of a manifest.
   * @throws FoldbError `bad-view` for a view that is not one SELECT that PostgreSQL accepts.
   */
  static async open(options: MirrorOptions): Promise<MirrorDatabase> {
    const postgres = await openPostgres(options)
    try {
      const database = new MirrorDatabase(postgres, options)
      if (options.tables.length > 0) database.#client.run(mirrorDdl(options.tables))
      options.tables.forEach((table, number) => database.#prepareDelete(table, number))
      createViews(database.#client, database.#reader, options.views ?? [])
      return database
    } catch (error) {
      await postgres[Symbol.asyncDispose]()
      throw error
    }
  }

  /**
   * Writes what belongs together in one transaction.
   * @throws Fault `mirror-failed` when PostgreSQL takes it not; nothing of it is then written.
   */
  write(batches: readonly TableBatch[]): void {
    this.#client.run('begin')
    try {
      for (const batch of batches) this.#writeTable(batch)
      this.#client.run('commit')
    } catch (cause) {
      if (cause instanceof Fault) throw cause
      this.#client.run('rollback')
      throw new Fault('mirror-failed', `the mirror did not take a change set: ${String(cause)}; open it again`, { cause })
    }
    for (const { table } of batches) this.#maintain(table)
  }

  /** One read; see `readOnlyQuery`. */
  query(text: string, params: readonly unknown[]): QueryResult {
    return readOnlyQuery(this.#client, this.#reader, text, params, { rowsMax: this.#rowsMax })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#postgres[Symbol.asyncDispose]()
  }

  #writeTable({ table: number, deletes, copy, rows }: TableBatch): void {
    const table = this.#tables[number]
    const upkeep = this.#upkeep[number]
    if (table === undefined || upkeep === undefined)
      throw new Fault('bad-mirror-change', `expected a table below ${this.#tables.length}, got ${number}`)
    if (deletes.length > 0) {
      const deleted = affectedRows(this.#client.execute(deleteName(number), deletes))
      upkeep.rows -= deleted
      upkeep.changed += deleted
      upkeep.deleted += deleted
    }
    if (rows === 0) return
    this.#client.copyIn(`copy public.${quote(table.name)} from stdin (format binary)`, copy)
    upkeep.rows += rows
    upkeep.changed += rows
  }

  /** There is no autovacuum here: old row versions and stale statistics are ours to clear. */
  #maintain(number: number): void {
    const upkeep = this.#upkeep[number] as Upkeep
    if (upkeep.changed < UPKEEP_ROWS || upkeep.changed * 2 < upkeep.rows) return
    const table = `public.${quote((this.#tables[number] as Table).name)}`
    this.#client.run(upkeep.deleted === 0 ? `analyze ${table}` : `vacuum (analyze) ${table}`)
    upkeep.changed = 0
    upkeep.deleted = 0
  }

  #prepareDelete(table: Table, number: number): void {
    const columns = table.primaryKey.map((i) => table.columns[i] as Table['columns'][number])
    const arrays = columns.map(({ type }, i) => `$${i + 1}::${typeInfo(type).sql}[]`).join(', ')
    const names = columns.map(({ name }) => quote(name)).join(', ')
    const keys = columns.map((_, i) => `k${i}`).join(', ')
    const where = columns.map(({ name }, i) => `t.${quote(name)} = k.k${i}`).join(' and ')
    const only = `t.${names} = any(${arrays})`
    const many = `(${keys})`
    const target = `delete from public.${quote(table.name)} t`
    const sql = columns.length === 1 ? `${target} where ${only}` : `${target} using unnest(${arrays}) k${many} where ${where}`
    this.#client.prepare(deleteName(number), sql)
  }
}

function deleteName(table: number): string {
  return `delete_${table}`
}
