/** Scans: ranges over the primary key and indexes, protocol.md §12. */
import { DEFAULT_PROFILE, type Value } from '@foldb/abi'
import { expect, it } from 'vitest'
import { type Bound, GuestTrap, type Range } from '../ports.ts'
import type { StateTables } from '../tables.ts'
import { ALL, firsts, type Open } from './tables-suite.ts'

export function describeScans(open: Open): void {
  const units = (tables: StateTables): StateTables => {
    tables.insert('units', [3, 'red', null, 5, 101, null])
    tables.insert('units', [4, 'blue', 1, null, 5, 1])
    tables.insert('units', [5, 'blue', 0, 3, 150, 2])
    return tables
  }
  const ids = (tables: StateTables, index: string, range: Partial<Range>): Value[] =>
    firsts(tables.scan('units', index, { ...ALL, ...range }))
  const inclusive = (...values: Value[]): Bound => ({ kind: 'inclusive', values })
  const exclusive = (...values: Value[]): Bound => ({ kind: 'exclusive', values })

  it('gives rows in the order of an index, nulls last, then of the primary key', () => {
    const tables = units(open())
    expect(ids(tables, '', {})).toEqual([1, 2, 3, 4, 5])
    expect(ids(tables, 'units_cell', {})).toEqual([1, 5, 2, 4, 3])
    expect(ids(tables, 'units_team', {})).toEqual([2, 4, 5, 1, 3])
    expect(ids(tables, 'units_team', { descending: true })).toEqual([3, 1, 5, 4, 2])
  })

  it('holds only the rows of a partial index', () => {
    expect(ids(units(open()), 'units_champion', {})).toEqual([5, 3])
  })

  it('takes a prefix of the index columns as a bound', () => {
    const tables = units(open())
    expect(ids(tables, 'units_cell', { lower: inclusive(0), upper: inclusive(0) })).toEqual([1, 5])
    expect(ids(tables, 'units_cell', { lower: exclusive(0) })).toEqual([2, 4, 3])
    expect(ids(tables, 'units_cell', { upper: exclusive(1) })).toEqual([1, 5])
    expect(ids(tables, 'units_cell', { lower: exclusive(0, 0), upper: inclusive(1, 0) })).toEqual([5, 2])
    expect(ids(tables, 'units_team', { lower: inclusive('blue'), upper: exclusive('red') })).toEqual([2, 4, 5])
  })

  it('takes nulls in bounds, and in an open side', () => {
    const tables = units(open())
    expect(ids(tables, 'units_leader', { lower: inclusive(null), upper: inclusive(null) })).toEqual([1, 3])
    expect(ids(tables, 'units_leader', { upper: exclusive(null) })).toEqual([2, 4, 5])
    expect(ids(tables, 'units_leader', { lower: inclusive(2) })).toEqual([5, 1, 3])
  })

  it('takes no values as all rows when inclusive, and as none when exclusive', () => {
    const tables = units(open())
    expect(ids(tables, '', { lower: inclusive(), upper: inclusive() })).toHaveLength(5)
    expect(ids(tables, '', { lower: exclusive() })).toEqual([])
    expect(ids(tables, '', { upper: exclusive() })).toEqual([])
  })

  it('gives nothing when the lower bound is above the upper', () => {
    const tables = units(open())
    expect(ids(tables, '', { lower: inclusive(4), upper: inclusive(2) })).toEqual([])
    expect(ids(tables, '', { lower: exclusive(2), upper: exclusive(2), descending: true })).toEqual([])
  })

  it('counts the limit after the order', () => {
    const tables = units(open())
    expect(ids(tables, '', { limit: 2 })).toEqual([1, 2])
    expect(ids(tables, '', { limit: 2, descending: true })).toEqual([5, 4])
    expect(ids(tables, '', { limit: 9 })).toHaveLength(5)
  })

  it('traps above the rows that a scan may give', () => {
    const tables = units(open({ ...DEFAULT_PROFILE, numbers: { ...DEFAULT_PROFILE.numbers, scanRows: 4 } }))
    expect(() => ids(tables, '', {})).toThrow(GuestTrap)
    expect(() => ids(tables, '', { limit: 5 })).toThrow(GuestTrap)
    expect(ids(tables, '', { limit: 4 })).toHaveLength(4)
    expect(ids(tables, '', { lower: exclusive(1) })).toHaveLength(4)
  })

  it('orders text by bytes, floats with NaN last, and large integers', () => {
    const tables = open()
    const row = (word: string, real: Value, large: Value): Value[] => [word, 0, null, large, real, null, null, null, null, null, null]
    for (const [i, word] of ['\u{1F600}', '\u{E000}', 'b', 'B', 'ab', ''].entries())
      tables.insert('samples', row(word, [Number.NaN, 1.5, -2, Number.POSITIVE_INFINITY, null, 0][i]!, null))
    expect(firsts(tables.scan('samples', '', ALL))).toEqual(['', 'B', 'ab', 'b', '\u{E000}', '\u{1F600}'])
    expect(firsts(tables.scan('samples', 'samples_real', ALL))).toEqual(['b', '', '\u{E000}', 'B', '\u{1F600}', 'ab'])
    for (const [i, large] of [2n ** 63n - 1n, -(2n ** 63n), 5].entries()) tables.insert('samples', row(`large ${i}`, 99, large))
    expect(firsts(tables.scan('samples', 'samples_real', { ...ALL, lower: inclusive(99), upper: inclusive(99) }))).toEqual([
      'large 1',
      'large 2',
      'large 0',
    ])
  })
}
