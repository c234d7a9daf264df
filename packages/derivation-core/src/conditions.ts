/** Conditions of checks and partial indexes, with SQL's three-valued logic (protocol.md §12). */
import type { ColumnType, Comparison, Condition, Row, Table, Value } from '@foldb/abi'
import { canonicalValue } from '@foldb/state-tree'

import { type Compare, compareOf } from './compare-values.ts'

/** True, false, or null for unknown. */
export type Truth = boolean | null

/** What a condition, or all of several, says about a canonical row. */
export type RowTest = (row: Row) => Truth

const ACCEPTS: Readonly<Record<Exclude<Comparison, 'is-null' | 'is-not-null'>, (order: number) => boolean>> = {
  equal: (order) => order === 0,
  'not-equal': (order) => order !== 0,
  less: (order) => order < 0,
  'less-or-equal': (order) => order <= 0,
  greater: (order) => order > 0,
  'greater-or-equal': (order) => order >= 0,
}

/** Where the right side of a comparison comes from. */
function compileOperand(type: ColumnType, { operand }: Condition): (row: Row) => Value {
  if ('column' in operand) return (row) => row[operand.column]!
  const constant = operand.constant === null ? null : canonicalValue(type, operand.constant)
  return () => constant
}

function compileCondition(table: Table, condition: Condition): RowTest {
  const { column, comparison } = condition
  if (comparison === 'is-null') return (row) => row[column] === null
  if (comparison === 'is-not-null') return (row) => row[column] !== null
  const type = table.columns[column]!.type
  const right = compileOperand(type, condition)
  const compare: Compare = compareOf(type)
  const accepts = ACCEPTS[comparison]
  return (row) => {
    const [a, b] = [row[column]!, right(row)]
    return a === null || b === null ? null : accepts(compare(a, b))
  }
}

/** The conjunction: false when one is false, else unknown when one is unknown, else true. */
export function compileConditions(table: Table, conditions: readonly Condition[]): RowTest {
  const tests = conditions.map((condition) => compileCondition(table, condition))
  return (row) => {
    let truth: Truth = true
    for (const test of tests) {
      const one = test(row)
      if (one === false) return false
      if (one === null) truth = null
    }
    return truth
  }
}

/** The columns that conditions read. */
export function columnsOf(conditions: readonly Condition[]): number[] {
  return conditions.flatMap(({ column, operand, comparison }) =>
    comparison !== 'is-null' && comparison !== 'is-not-null' && 'column' in operand ? [column, operand.column] : [column],
  )
}
