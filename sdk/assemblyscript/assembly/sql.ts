/// The SQL tier: statements inside the deterministic profile. A reducer that calls these needs PostgreSQL to be folded.
import { DbError, errorOf, succeeded } from './db-error'
import { readRecord, Record } from './fields'
import { sqlExecute, sqlQuery } from './host'
import { RESULT } from './memory'
import { Utf8 } from './text'
import { Values, VALUE_SIZE } from './value'

/// The rows of a SELECT, each as `T`.
export function query<T extends Record>(text: string, params: Values): T[] {
  const statement = new Utf8(text)
  sqlQuery(statement.pointer, statement.length, params.pointer, params.length, RESULT)
  if (!succeeded()) return []
  const width = load<i32>(RESULT, 8)
  const cells = load<usize>(RESULT, 12)
  const count = width == 0 ? 0 : load<i32>(RESULT, 16) / width
  const rows = new Array<T>(count)
  for (let i = 0; i < count; i++) rows[i] = readRecord<T>(cells + <usize>(i * width) * VALUE_SIZE, width)
  return rows
}

/// Runs an INSERT, UPDATE, DELETE or MERGE; gives the number of rows it changed.
export function execute(text: string, params: Values): u32 {
  callExecute(text, params)
  return succeeded() ? load<u32>(RESULT, 4) : 0
}

/// Runs a statement, or says why it was refused.
export function tryExecute(text: string, params: Values): DbError | null {
  callExecute(text, params)
  return errorOf()
}

function callExecute(text: string, params: Values): void {
  const statement = new Utf8(text)
  sqlExecute(statement.pointer, statement.length, params.pointer, params.length, RESULT)
}
