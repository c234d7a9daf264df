/** The first checks of every row operation: number of values, types, values, size of a value (protocol.md §12). */
import { type ColumnType, DbError, type Value } from '@foldb/abi'
import { canonicalValue } from '@foldb/state-tree'

export const WRONG_COUNT = '42601'
export const WRONG_TYPE = '42804'
export const TOO_LARGE = '54000'

/** Types are checked in all columns first, then values, then sizes. */
function stageOf({ sqlstate }: DbError): number {
  return sqlstate === WRONG_TYPE ? 0 : sqlstate === TOO_LARGE ? 2 : 1
}

function canonicalCell(type: ColumnType, value: Value, bytesMax: number): Value {
  const canonical = canonicalValue(type, value, bytesMax)
  return canonical instanceof Uint8Array ? canonical.slice() : canonical
}

/** Of all cells that are refused, the one whose check comes first. */
function firstRefusal(types: readonly ColumnType[], values: readonly Value[], bytesMax: number): unknown {
  let first: DbError | undefined
  for (const [column, type] of types.slice(0, values.length).entries()) {
    try {
      canonicalCell(type, values[column]!, bytesMax)
    } catch (error) {
      if (!DbError.is(error)) return error
      if (first === undefined || stageOf(error) < stageOf(first)) first = error
    }
  }
  return first
}

/**
 * Values in the canonical form of their columns' types; fewer values than types are a prefix. Bytes are copied.
 * @param bytesMax largest text, bytea or jsonb, in bytes
 * @throws DbError 42804, then 22xxx, then 54000, each in column order
 */
export function canonicalValues(types: readonly ColumnType[], values: readonly Value[], bytesMax: number): Value[] {
  try {
    const canonical: Value[] = []
    for (let i = 0; i < values.length; i++) canonical.push(canonicalCell(types[i]!, values[i]!, bytesMax))
    return canonical
  } catch (error) {
    throw firstRefusal(types, values, bytesMax) ?? error
  }
}
