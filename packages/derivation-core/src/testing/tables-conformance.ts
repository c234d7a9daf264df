/** What every implementation of the tables has to do: protocol.md §12. */
import { DEFAULT_PROFILE, FoldbError, type Profile, type Row, type Table, type Value } from '@foldb/abi'
import { describe, expect, it } from 'vitest'

import type { Bound } from '../ports.ts'
import type { StateTables } from '../tables.ts'
import { SAMPLE_TABLES } from './sample-tables.ts'
import { describeScans } from './scans-conformance.ts'
import { ALL, firsts, type Open, refusalOf } from './tables-suite.ts'

/** Makes empty tables. */
export type CreateTables = (tables: readonly Table[], profile: Profile) => StateTables

/** Runs the suite. @param name what is tested */
export function tablesConformance(name: string, create: CreateTables): void {
  const open = (profile: Profile = DEFAULT_PROFILE): StateTables => {
    const tables = create(SAMPLE_TABLES, profile)
    tables.insert('teams', ['red', null])
    tables.insert('teams', ['blue', 'hold'])
    tables.insert('units', [1, 'red', 0, 0, 10, null])
    tables.insert('units', [2, 'blue', 1, 0, 20, 1])
    return tables
  }
  describe(`${name} as tables`, () => {
    describeAnswers(open)
    describeRefusals(open)
    describeConstraints(open)
    describeScans(open)
    describeMessages(open)
    describeChanges(open)
  })
}

function describeAnswers(open: Open): void {
  it('gives rows back in canonical form', () => {
    const tables = open()
    const bytes = Uint8Array.of(1, 2)
    tables.insert('samples', [
      'é',
      1,
      true,
      -(2n ** 63n),
      -0,
      '1.005',
      bytes,
      '6F9619FF-8B86-D011-B42D-00C04FC964FF',
      '2024-02-29',
      '2024-02-29T12:00:00.500+02:00',
      '{"bb":1.0,"a":[]}',
    ])
    const expected = [
      'é',
      1,
      true,
      -(2n ** 63n),
      0,
      '1.01',
      bytes,
      '6f9619ff-8b86-d011-b42d-00c04fc964ff',
      '2024-02-29',
      '2024-02-29 10:00:00.5+00',
      '{"a": [], "bb": 1.0}',
    ]
    expect(tables.get('samples', [1, 'é'])).toEqual(expected)
    expect(Object.is(tables.get('samples', [1, 'é'])![4], 0)).toBe(true)
  })

  it('gives nothing for a row that is not there', () => {
    const tables = open()
    expect(tables.get('units', [3])).toBeUndefined()
    expect(tables.delete('units', [3])).toBe(false)
    expect(tables.get('samples', [1, 'constructor'])).toBeUndefined()
  })

  it('replaces with put, removes with delete', () => {
    const tables = open()
    tables.put('units', [1, 'blue', 5, 5, null, null])
    expect(tables.get('units', [1])).toEqual([1, 'blue', 5, 5, null, null])
    tables.put('units', [3, 'red', null, null, 1, 3])
    expect(firsts(tables.rows('units'))).toEqual([1, 2, 3])
    expect(tables.delete('units', [3])).toBe(true)
    expect(tables.count('units')).toBe(2)
  })

  it('shares nothing that can be changed', () => {
    const tables = open()
    const bytes = Uint8Array.of(7)
    const row = ['w', 1, null, null, null, null, bytes, null, null, null, null]
    tables.insert('samples', row)
    tables.takeChanges()
    bytes[0] = 8
    row[0] = 'changed'
    for (const read of [
      (): Row => tables.get('samples', [1, 'w'])!,
      (): Row => tables.rows('samples')[0]!,
      (): Row => tables.scan('samples', '', ALL)[0]!,
    ]) {
      const got = read()
      expect(got[6]).toEqual(Uint8Array.of(7))
      ;(got[6] as Uint8Array)[0] = 9
      expect(() => (got as Value[]).push(1)).toThrow(TypeError)
    }
    expect(tables.get('samples', [1, 'w'])![6]).toEqual(Uint8Array.of(7))
  })

  it('names no table or row by a property of objects', () => {
    const tables = open()
    expect(refusalOf(tables, () => tables.get('constructor', [1]))).toBe('42P01')
    expect(refusalOf(tables, () => tables.scan('units', '__proto__', ALL))).toBe('42704')
    tables.insert('teams', ['__proto__', null])
    expect(tables.get('teams', ['__proto__'])).toEqual(['__proto__', null])
  })
}

function describeRefusals(open: Open): void {
  it('refuses an unknown table and an unknown index', () => {
    const tables = open()
    expect(refusalOf(tables, () => tables.get('nowhere', []))).toBe('42P01')
    expect(refusalOf(tables, () => tables.insert('nowhere', []))).toBe('42P01')
    expect(refusalOf(tables, () => tables.put('nowhere', []))).toBe('42P01')
    expect(refusalOf(tables, () => tables.delete('nowhere', []))).toBe('42P01')
    expect(refusalOf(tables, () => tables.scan('nowhere', 'nothing', ALL))).toBe('42P01')
    expect(refusalOf(tables, () => tables.scan('units', 'units_pkey', ALL))).toBe('42704')
    expect(() => tables.rows('nowhere')).toThrow(FoldbError)
    expect(() => tables.count('nowhere')).toThrow(FoldbError)
  })

  it('refuses a wrong number of values', () => {
    const tables = open()
    expect(refusalOf(tables, () => tables.get('units', []))).toBe('42601')
    expect(refusalOf(tables, () => tables.delete('units', [1, 2]))).toBe('42601')
    expect(refusalOf(tables, () => tables.insert('units', ['x']))).toBe('42601')
    expect(refusalOf(tables, () => tables.put('units', [1, 'red', 0, 0, 10, null, null]))).toBe('42601')
    expect(refusalOf(tables, () => tables.scan('units', '', { ...ALL, upper: { kind: 'exclusive', values: [1, 1] } }))).toBe('42601')
    expect(refusalOf(tables, () => tables.scan('units', 'units_team', { ...ALL, lower: { kind: 'inclusive', values: [1, 1] } }))).toBe(
      '42601',
    )
  })

  it('checks all types before any value, and all values before any size', () => {
    const tables = open({ ...DEFAULT_PROFILE, sizes: { ...DEFAULT_PROFILE.sizes, value: 10 } })
    const long = 'x'.repeat(11)
    expect(refusalOf(tables, () => tables.insert('units', [2 ** 40, long, 'x', 0, 0, null]))).toBe('42804')
    expect(refusalOf(tables, () => tables.insert('units', [1, long, 2 ** 20, 0, 0, null]))).toBe('22003')
    expect(refusalOf(tables, () => tables.insert('units', [1, 'a\0', 2 ** 20, 0, 0, null]))).toBe('22021')
    expect(refusalOf(tables, () => tables.insert('units', [1, long, 0, 0, -1, null]))).toBe('54000')
    const bounds = { ...ALL, lower: { kind: 'inclusive', values: [2 ** 40] }, upper: { kind: 'inclusive', values: ['x'] } } as const
    expect(refusalOf(tables, () => tables.scan('units', 'units_leader', bounds))).toBe('42804')
  })

  it('refuses a key over its limit with the name of its index', () => {
    const tables = open()
    const most = DEFAULT_PROFILE.sizes.key - 4 - 3
    const [fits, over] = ['x'.repeat(most), 'x'.repeat(most + 1)]
    tables.insert('teams', [fits, null])
    expect(refusalOf(tables, () => tables.insert('teams', [over, null]))).toBe('54000 teams_pkey')
    expect(refusalOf(tables, () => tables.get('teams', [over]))).toBe('54000 teams_pkey')
    expect(refusalOf(tables, () => tables.delete('teams', [over]))).toBe('54000 teams_pkey')
    const bound: Bound = { kind: 'inclusive', values: [over] }
    expect(refusalOf(tables, () => tables.scan('teams', '', { ...ALL, lower: bound }))).toBe('54000 teams_pkey')
    expect(refusalOf(tables, () => tables.scan('units', 'units_team', { ...ALL, upper: bound }))).toBe('54000 units_team')
    // the primary key at the end of an index entry counts; an index that does not hold the row has no entry
    expect(refusalOf(tables, () => tables.insert('units', [3, fits, 0, 0, null, null]))).toBe('54000 units_team')
  })

  it('refuses a row and a state over their limits', () => {
    const rows = open({ ...DEFAULT_PROFILE, sizes: { ...DEFAULT_PROFILE.sizes, row: 12 } })
    rows.put('teams', ['red', 'x'.repeat(10)])
    expect(refusalOf(rows, () => rows.put('teams', ['red', 'x'.repeat(11)]))).toBe('54000')
    const { bytes } = open()
    const tables = open({ ...DEFAULT_PROFILE, stateBytes: bytes })
    expect(tables.bytes).toBe(bytes)
    expect(refusalOf(tables, () => tables.insert('teams', ['a', null]))).toBe('54000')
    expect(refusalOf(tables, () => tables.insert('teams', ['red', null]))).toBe('54000')
    expect(refusalOf(tables, () => tables.put('teams', ['blue', 'holds']))).toBe('54000')
    tables.put('teams', ['blue', 'hole'])
    tables.put('teams', ['blue', null])
    tables.put('teams', ['red', 'hold'])
    expect(tables.bytes).toBe(bytes)
  })
}

function describeConstraints(open: Open): void {
  it('refuses nulls before checks, and a key with a null', () => {
    const tables = open()
    expect(refusalOf(tables, () => tables.insert('units', [1, null, 9, 0, -1, 99]))).toBe('23502')
    expect(refusalOf(tables, () => tables.insert('units', [null, 'red', 0, 0, 0, null]))).toBe('23502')
    expect(refusalOf(tables, () => tables.put('samples', [null, 1, ...Array.from({ length: 9 }, () => null)]))).toBe('23502')
    expect(refusalOf(tables, () => tables.get('units', [null]))).toBe('23502')
    expect(refusalOf(tables, () => tables.delete('samples', [1, null]))).toBe('23502')
  })

  it('refuses what a check says is false, by name; unknown passes', () => {
    const tables = open()
    expect(refusalOf(tables, () => tables.insert('units', [1, 'none', 8, 0, -1, 99]))).toBe('23514 a_board')
    expect(refusalOf(tables, () => tables.put('units', [1, 'red', 7, 0, -1, null]))).toBe('23514 hp_positive')
    tables.put('units', [1, 'red', null, 0, null, null])
  })

  it('refuses a taken primary key, then taken unique indexes', () => {
    const tables = open()
    expect(refusalOf(tables, () => tables.insert('units', [1, 'none', 1, 0, 0, 99]))).toBe('23505 units_pkey')
    expect(refusalOf(tables, () => tables.insert('units', [3, 'none', 1, 0, 0, 99]))).toBe('23505 units_cell')
    expect(refusalOf(tables, () => tables.put('units', [1, 'red', 1, 0, 0, null]))).toBe('23505 units_cell')
    tables.put('units', [1, 'red', 0, 0, 11, null])
  })

  it('takes nulls in a unique index as distinct', () => {
    const tables = open()
    tables.insert('units', [3, 'red', null, 0, 0, null])
    tables.insert('units', [4, 'red', null, 0, 0, null])
    tables.insert('units', [5, 'red', null, null, 0, null])
    expect(tables.count('units')).toBe(5)
  })

  it('checks a partial unique index among the rows that it holds', () => {
    const tables = open()
    tables.insert('units', [3, 'red', 2, 2, 101, null])
    tables.insert('units', [4, 'red', 3, 3, 100, null])
    tables.insert('units', [5, 'red', 4, 4, null, null])
    expect(refusalOf(tables, () => tables.put('units', [4, 'red', 3, 3, 102, null]))).toBe('23505 units_champion')
    tables.put('units', [3, 'red', 2, 2, 99, null])
    tables.put('units', [4, 'red', 3, 3, 102, null])
  })

  it('refuses references to no row, in declared order; a null refers to nothing, a row may refer to itself', () => {
    const tables = open()
    expect(refusalOf(tables, () => tables.insert('units', [3, 'none', 3, 3, 0, 99]))).toBe('23503 units_team_fk')
    expect(refusalOf(tables, () => tables.insert('units', [3, 'red', 3, 3, 0, 99]))).toBe('23503 units_leader_fk')
    tables.insert('units', [3, 'red', 3, 3, 0, 3])
    tables.insert('units', [4, 'red', 4, 4, 0, null])
    expect(refusalOf(tables, () => tables.put('units', [4, 'green', 4, 4, 0, null]))).toBe('23503 units_team_fk')
  })

  it('refuses a delete that leaves a reference, but not of a row that only refers to itself', () => {
    const tables = open()
    expect(refusalOf(tables, () => tables.delete('units', [1]))).toBe('23503 units_leader_fk')
    expect(refusalOf(tables, () => tables.delete('teams', ['red']))).toBe('23503 units_team_fk')
    tables.put('units', [1, 'red', 0, 0, 10, 1])
    expect(refusalOf(tables, () => tables.delete('units', [1]))).toBe('23503 units_leader_fk')
    tables.delete('units', [2])
    expect(tables.delete('units', [1])).toBe(true)
    expect(tables.delete('teams', ['red'])).toBe(true)
  })
}

function describeMessages(open: Open): void {
  it('undoes every effect of a message, its refused operations included', () => {
    const tables = open()
    const [before, bytes, entries] = [tables.rows('units'), tables.bytes, tables.treeEntries()]
    tables.begin()
    tables.put('units', [1, 'blue', 5, 5, 101, null])
    tables.insert('units', [3, 'red', 0, 0, 1, null])
    refusalOf(tables, () => tables.insert('units', [3, 'red', 0, 0, 1, null]))
    tables.delete('units', [2])
    tables.insert('units', [2, 'red', null, null, null, 3])
    tables.put('units', [2, 'red', null, null, 7, 3])
    tables.rollback()
    expect(tables.rows('units')).toEqual(before)
    expect(tables.bytes).toBe(bytes)
    expect(tables.treeEntries()).toEqual(entries)
    tables.insert('units', [3, 'red', 5, 5, 101, null])
  })

  it('keeps what was committed', () => {
    const tables = open()
    tables.begin()
    tables.delete('units', [2])
    tables.commit()
    tables.begin()
    tables.rollback()
    expect(tables.get('units', [2])).toBeUndefined()
  })

  it('refuses messages inside messages, and ends without a beginning', () => {
    const tables = open()
    expect(() => tables.commit()).toThrow('no message is open')
    expect(() => tables.rollback()).toThrow('no message is open')
    tables.begin()
    expect(() => tables.begin()).toThrow('a message is open')
    expect(() => tables.takeChanges()).toThrow('a message is open')
  })
}

function describeChanges(open: Open): void {
  it('gives net changes by table and primary key', () => {
    const tables = open()
    expect(tables.takeChanges().map(({ table, key }) => [table, ...key])).toEqual([
      [0, 'blue'],
      [0, 'red'],
      [1, 1],
      [1, 2],
    ])
    tables.insert('units', [3, 'red', 3, 3, 1, null])
    tables.delete('units', [3])
    tables.put('units', [2, 'blue', 1, 0, 21, 1])
    tables.put('units', [2, 'blue', 1, 0, 20, 1])
    tables.put('units', [1, 'red', 0, 0, 10, null])
    expect(tables.takeChanges()).toEqual([])
    tables.delete('units', [2])
    tables.put('teams', ['red', 'win'])
    expect(tables.takeChanges()).toEqual([
      { table: 0, key: ['red'], row: ['red', 'win'] },
      { table: 1, key: [2], row: undefined },
    ])
    tables.insert('units', [2, 'blue', 1, 0, 20, 1])
    tables.delete('units', [2])
    expect(tables.takeChanges()).toEqual([])
  })

  it('leaves out what was undone', () => {
    const tables = open()
    tables.takeChanges()
    tables.begin()
    tables.delete('units', [2])
    tables.put('units', [1, 'red', 0, 0, 11, null])
    tables.insert('teams', ['green', null])
    tables.rollback()
    expect(tables.takeChanges()).toEqual([])
  })
}
