/** The order of canonical values of one type, as PostgreSQL has it under collation C (protocol.md §7, §12). */
import type { ColumnType, Value } from '@foldb/abi'
import { compareBytes, encodeKey } from '@foldb/state-tree'

type NotNull = Exclude<Value, null>

/** Negative, zero or positive: how two canonical values that are not null compare. */
export type Compare = (left: NotNull, right: NotNull) => number

function compareNatively(left: NotNull, right: NotNull): number {
  return left < right ? -1 : left > right ? 1 : 0
}

/** NaN equals itself and is the greatest; −0 equals 0. */
function compareFloats(left: NotNull, right: NotNull): number {
  const leftNaN = Number.isNaN(left)
  const rightNaN = Number.isNaN(right)
  return leftNaN || rightNaN ? Number(leftNaN) - Number(rightNaN) : compareNatively(left, right)
}

/** The order of the keys that the values would have. */
function compareAsKeys(type: ColumnType): Compare {
  const types = [type]
  return (left, right) => (left === right ? 0 : compareBytes(encodeKey(0, 0, types, [left]), encodeKey(0, 0, types, [right])))
}

/** How canonical values of a type compare; jsonb has no order. */
export function compareOf(type: ColumnType): Compare {
  switch (type) {
    case 'boolean':
    case 'smallint':
    case 'integer':
    case 'bigint':
      return compareNatively
    // their canonical texts are ASCII, and sort as their values do
    case 'uuid':
    case 'date':
    case 'timestamptz':
      return compareNatively
    case 'double-precision':
      return compareFloats
    case 'bytea':
      return (left, right) => compareBytes(left as Uint8Array, right as Uint8Array)
    default:
      return compareAsKeys(type)
  }
}
