import { FoldbError, fromHex, type Table, toHex } from '@foldb/abi'
import { describe, expect, it } from 'vitest'
import { rowKey } from './key.ts'
import { decodeRow, encodeRow } from './row.ts'
import { tableLayout } from './table-layout.ts'

const units: Table = {
  name: 'units',
  columns: [
    { name: 'id', type: 'integer', nullable: false },
    { name: 'name', type: 'text', nullable: false },
    { name: 'hp', type: 'integer', nullable: true },
  ],
  primaryKey: [0],
  indexes: [],
  checks: [],
  foreignKeys: [],
}

describe('encodeRow', () => {
  it('leaves the key out and marks nulls', () => {
    expect(toHex(encodeRow(units, [5, 'orc', null]))).toBe('02036f7263')
    expect(toHex(encodeRow(units, [5, 'orc', -1]))).toBe('00036f726301')
  })
})

describe('decodeRow', () => {
  it('puts key and row together', () => {
    expect(decodeRow(units, rowKey(9, units, [5, '', 7]), fromHex('02036f7263'))).toEqual([5, 'orc', null])
  })

  it('does not hand out the bytes it was given', () => {
    const table: Table = { ...units, columns: [units.columns[0]!, { name: 'data', type: 'bytea', nullable: false }] }
    const bytes = encodeRow(table, [5, Uint8Array.of(1, 2)])
    const row = decodeRow(table, rowKey(0, table, [5]), bytes)
    bytes.fill(9)
    expect(row).toEqual([5, Uint8Array.of(1, 2)])
  })

  it('refuses the key of an index entry', () => {
    expect(() => decodeRow(units, fromHex('00000001018000000000000005'), fromHex('02036f7263'))).toThrow('expected a primary key')
  })

  it('says which column has a null that it may not have', () => {
    try {
      decodeRow(units, rowKey(0, units, [5]), fromHex('03'))
      expect.unreachable()
    } catch (error) {
      expect(FoldbError.is(error) && error.code).toBe('bad-row')
      expect(String(error)).toContain('expected a value in column 1, got null')
    }
  })
})

describe('tableLayout', () => {
  it('is computed once for a table', () => {
    expect(tableLayout(units)).toBe(tableLayout(units))
  })

  it('refuses a column that there is not', () => {
    expect(() => tableLayout({ ...units, primaryKey: [3] })).toThrow('expected a column below 3, got 3')
  })
})
