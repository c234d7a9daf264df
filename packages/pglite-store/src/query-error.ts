/** What a caller is told when PostgreSQL refuses a statement. */
import { FoldbError } from '@foldb/abi'
import type { PgError } from './pg-error.ts'

/** Read-only transaction, insufficient privilege: the statement would have changed or touched what is not the reader's. */
const REFUSALS: ReadonlySet<string> = new Set(['25006', '42501'])
const READ_ONLY_CURE = 'only reads are answered; what changes state is a message of the log'

/** `query-failed` with sqlstate, character and hint, or `query-refused` when it was not a read. */
export function queryError(error: PgError): FoldbError {
  const { sqlstate } = error
  if (REFUSALS.has(sqlstate)) return queryRefused(sqlstate, error.message, READ_ONLY_CURE, error)
  if (severalStatements(error)) return queryRefused(sqlstate, 'more than one statement', 'send one statement at a time', error)
  return statementError('query-failed', error)
}

/** A refusal of our own or of PostgreSQL. */
export function queryRefused(sqlstate: string, reason: string, cure: string = READ_ONLY_CURE, cause?: unknown): FoldbError {
  return new FoldbError('query-refused', `query refused: ${reason} (sqlstate ${sqlstate}); ${cure}`, { fields: { sqlstate }, cause })
}

/** An error of one statement, with all that PostgreSQL says about it. */
export function statementError(code: string, error: PgError): FoldbError {
  const { sqlstate, character, detail, hint, constraint } = error
  const where = character === undefined ? '' : `, character ${character}`
  const more = [detail, hint].filter((part) => part !== undefined).map((part) => `; ${part}`)
  return new FoldbError(code, `${code.replaceAll('-', ' ')}: ${error.message} (sqlstate ${sqlstate}${where})${more.join('')}`, {
    fields: {
      sqlstate,
      ...(character === undefined ? {} : { character }),
      ...(detail === undefined ? {} : { detail }),
      ...(hint === undefined ? {} : { hint }),
      ...(constraint === '' ? {} : { constraint }),
    },
    cause: error,
  })
}

function severalStatements(error: PgError): boolean {
  return error.sqlstate === '42601' && error.routine === 'exec_parse_message'
}
