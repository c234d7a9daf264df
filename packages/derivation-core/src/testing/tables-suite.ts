/** What the parts of the tables' suite share. */
import { DbError, type Profile, type Row, type Value } from '@foldb/abi'
import { expect } from 'vitest'
import type { Bound, Range } from '../ports.ts'
import type { StateTables } from '../tables.ts'

/** Opens the sample tables with a few rows. */
export type Open = (profile?: Profile) => StateTables

const OPEN: Bound = { kind: 'open' }
export const ALL: Range = { lower: OPEN, upper: OPEN, limit: 0, descending: false }

/** The refusal of an operation as `<sqlstate> <constraint>`; whether it changed something is checked as well. */
export function refusalOf(tables: StateTables, operation: () => unknown): string {
  const before = tables.version
  try {
    operation()
  } catch (error) {
    if (!DbError.is(error)) throw error
    expect(tables.version, 'a refused operation changes nothing').toBe(before)
    return `${error.sqlstate} ${error.constraint}`.trim()
  }
  throw new Error('expected a refusal')
}

/** The first column of each row. */
export function firsts(rows: readonly Row[]): Value[] {
  return rows.map(([first]) => first!)
}
