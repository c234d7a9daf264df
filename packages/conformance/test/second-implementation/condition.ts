/** Conditions in three-valued logic: protocol.md §12. */
import { compare } from './bytes.ts'
import type { Scalar } from './cbor.ts'
import type { Condition, Table } from './column-type.ts'
import { encodeKey } from './key.ts'

/** true, false, or null for unknown. */
type Truth = boolean | null

const TESTS: Readonly<Record<string, (order: number) => boolean>> = {
  equal: (order) => order === 0,
  'not-equal': (order) => order !== 0,
  less: (order) => order < 0,
  'less-or-equal': (order) => order <= 0,
  greater: (order) => order > 0,
  'greater-or-equal': (order) => order >= 0,
}

function one({ columns }: Table, { column, comparison, operand }: Condition, row: readonly Scalar[]): Truth {
  const left = row[column] ?? null
  if (comparison === 'is-null') return left === null
  if (comparison === 'is-not-null') return left !== null
  const right = 'constant' in operand ? operand.constant : (row[operand.column] ?? null)
  const type = columns[column]?.type
  if (left === null || right === null || type === undefined) return null
  const order = compare(encodeKey(0, 0, [type], [left]), encodeKey(0, 0, [type], [right]))
  return TESTS[comparison]?.(order) ?? null
}

export function holds(table: Table, all: readonly Condition[], row: readonly Scalar[]): Truth {
  const truths = all.map((condition) => one(table, condition, row))
  if (truths.includes(false)) return false
  return truths.includes(null) ? null : true
}
