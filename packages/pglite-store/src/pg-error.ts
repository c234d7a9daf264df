/** An ErrorResponse of PostgreSQL, before it becomes an error of the caller or a Fault. */

export class PgError extends Error {
  /** Five characters. */
  readonly sqlstate: string
  readonly detail: string | undefined
  readonly hint: string | undefined
  /** Where in the statement, counted in characters from 1. */
  readonly character: number | undefined
  /** The C function that raised it. */
  readonly routine: string
  readonly constraint: string

  /** Fields by their letter: https://www.postgresql.org/docs/18/protocol-error-fields.html */
  constructor(fields: ReadonlyMap<string, string>) {
    super(fields.get('M') ?? 'unknown error')
    this.name = 'PgError'
    this.sqlstate = fields.get('C') ?? 'XX000'
    this.detail = fields.get('D')
    this.hint = fields.get('H')
    this.character = fields.has('P') ? Number(fields.get('P')) : undefined
    this.routine = fields.get('R') ?? ''
    this.constraint = fields.get('n') ?? ''
  }
}
