/** Errors that are thrown: faults and misuse. Outcomes are data and never take this road. */

const MARK: unique symbol = Symbol.for('foldb.error') as never
const DB_MARK: unique symbol = Symbol.for('foldb.db-error') as never

/** Where in an input something was found: whichever of these is known. */
export interface ErrorFields {
  readonly position?: number
  readonly offset?: number
  readonly line?: number
  readonly [field: string]: unknown
}

export interface FoldbErrorOptions {
  readonly fields?: ErrorFields
  readonly cause?: unknown
}

/**
 * The base class of every error that foldb throws. `code` is stable; the text says what was expected, what was got, and the cure.
 *
 * @example
 * try { parseMessages(bytes) } catch (error) { if (FoldbError.is(error)) console.error(error.code, error.fields.offset) }
 */
export class FoldbError extends Error {
  readonly code: string
  readonly fields: ErrorFields

  constructor(code: string, message: string, options: FoldbErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'FoldbError'
    this.code = code
    this.fields = options.fields ?? {}
    Object.defineProperty(this, MARK, { value: true })
  }

  /** Whether something thrown is a FoldbError, also one of another copy of this package. */
  static is(error: unknown): error is FoldbError {
    return typeof error === 'object' && error !== null && (error as Record<symbol, unknown>)[MARK] === true
  }
}

/**
 * A broken host (out of memory, engine stack, a bug of ours): never part of history. The fold stops at its last checkpoint and may be
 * tried again.
 */
export class Fault extends FoldbError {
  constructor(code: string, message: string, options: FoldbErrorOptions = {}) {
    super(code, message, options)
    this.name = 'Fault'
  }
}

/** A row operation that was refused. It changed nothing; the guest gets it as data and may go on. */
export class DbError extends Error {
  /** Five characters, as PostgreSQL has them: `23505` is a unique violation. */
  readonly sqlstate: string
  /** The constraint that was violated, or "". */
  readonly constraint: string

  constructor(sqlstate: string, constraint = '') {
    super(constraint === '' ? sqlstate : `${sqlstate} ${constraint}`)
    this.name = 'DbError'
    this.sqlstate = sqlstate
    this.constraint = constraint
    Object.defineProperty(this, DB_MARK, { value: true })
  }

  static is(error: unknown): error is DbError {
    return typeof error === 'object' && error !== null && (error as Record<symbol, unknown>)[DB_MARK] === true
  }
}
