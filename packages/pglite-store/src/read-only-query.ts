/** Runs one statement of a stranger so that nothing it does outlives it. */
import { Fault, FoldbError } from '@foldb/abi'
import type { QueryResult } from '@foldb/derivation-core'
import type { Client } from './client.ts'
import { cellDecoder } from './decode-text.ts'
import { encodeParam } from './encode-param.ts'
import { firstKeyword } from './first-keyword.ts'
import { PgError } from './pg-error.ts'
import { queryError, queryRefused } from './query-error.ts'
import { RESTRICTED } from './reader-role.ts'
import type { Reply } from './wire-reader.ts'

/** Statements that only read; whatever else begins in another way is refused before it runs. */
const READS: ReadonlySet<string> = new Set(['select', 'with', 'values', 'table', 'explain', 'show'])
/** The bootstrap superuser. */
const OWNER = 10

export interface ReadLimits {
  /** Rows of one result. */
  readonly rowsMax: number
}

/**
 * Answers one read as a role that owns nothing, in a read-only transaction that is always rolled back.
 * @throws FoldbError `query-refused` for what is not a read, `query-failed` for what PostgreSQL cannot run, `bad-parameter`.
 */
export function readOnlyQuery(client: Client, reader: number, text: string, params: readonly unknown[], limits: ReadLimits): QueryResult {
  if (text.includes('\0'))
    throw new FoldbError('query-failed', 'query failed: text with U+0000 (sqlstate 22021)', { fields: { sqlstate: '22021' } })
  client.run('begin read only')
  try {
    client.module._SetUserIdAndSecContext(reader, RESTRICTED)
    return run(client, text, params, limits)
  } catch (error) {
    throw error instanceof PgError ? queryError(error) : error
  } finally {
    rollback(client)
  }
}

function run(client: Client, text: string, params: readonly unknown[], { rowsMax }: ReadLimits): QueryResult {
  const keyword = firstKeyword(text)
  const prepared = prepare(client, text, keyword)
  if (keyword === '' && prepared.fields === undefined) throw emptyStatement()
  if (!READS.has(keyword)) throw queryRefused('25006', `${keyword} is not a read`)
  if (prepared.params.length !== params.length) throw parameterCount(prepared.params.length, params.length)
  const encoded = params.map((value, i) => encodeParam(value, prepared.params[i] as number, i + 1))
  const reply = client.execute('', encoded, rowsMax + 1)
  if (reply.rows.length > rowsMax) throw tooManyRows(rowsMax)
  return decodeRows(prepared, reply)
}

/** Parsing runs nothing, so that a slip of the pen gets PostgreSQL's own answer whatever it was meant to be. */
function prepare(client: Client, text: string, keyword: string): Reply {
  try {
    return client.prepare('', text)
  } catch (error) {
    const isSyntax = error instanceof PgError && error.sqlstate === '42601'
    if (isSyntax || READS.has(keyword)) throw error
    throw queryRefused('25006', `${keyword} is not a read`)
  }
}

function decodeRows(prepared: Reply, reply: Reply): QueryResult {
  const fields = prepared.fields ?? []
  const decoders = fields.map(({ oid }) => cellDecoder(oid))
  const rows = reply.rows.map((row) => row.map((cell, i) => (cell === null ? null : decoders[i]?.(cell))))
  return { columns: fields.map(({ name }) => name), rows }
}

function rollback(client: Client): void {
  client.run('rollback')
  if (client.module._GetUserId() !== OWNER)
    throw new Fault('role-leak', 'expected the owner after a query, got another role; open the mirror again')
}

function emptyStatement(): FoldbError {
  return new FoldbError('query-failed', 'query failed: an empty statement (sqlstate 42601); send a SELECT', {
    fields: { sqlstate: '42601' },
  })
}

function parameterCount(expected: number, got: number): FoldbError {
  const text = `query failed: expected ${expected} parameters, got ${got} (sqlstate 07001)`
  return new FoldbError('query-failed', text, { fields: { sqlstate: '07001', expected, got } })
}

function tooManyRows(rowsMax: number): FoldbError {
  const text = `query failed: more than ${rowsMax} rows (sqlstate 54000); add a LIMIT or aggregate`
  return new FoldbError('query-failed', text, { fields: { sqlstate: '54000', rowsMax } })
}
