import { FoldbError, fromHex, type Table, toHex } from '@foldb/abi'
import { describe, expect, it } from 'vitest'
import { encodeKey, indexKey, rowKey } from './key.ts'
import { decodeKey } from './key-reader.ts'

const units: Table = {
  name: 'units',
  columns: [
    { name: 'name', type: 'text', nullable: false },
    { name: 'id', type: 'integer', nullable: false },
    { name: 'hp', type: 'smallint', nullable: true },
  ],
  primaryKey: [1],
  indexes: [
    { name: 'by_name', columns: [0], unique: true, where: [] },
    { name: 'by_hp', columns: [2, 1], unique: false, where: [] },
  ],
  checks: [],
  foreignKeys: [],
}
const row = ['orc', 5, null]

describe('encodeKey', () => {
  it('begins with the table and the index', () => {
    expect(toHex(encodeKey(0x0102, 0x0304, [], []))).toBe('01020304')
  })

  it('gives the prefix of longer keys for fewer values', () => {
    const prefix = toHex(encodeKey(1, 2, ['text', 'integer'], ['a']))
    expect(toHex(encodeKey(1, 2, ['text', 'integer'], ['a', 7]))).toBe(`${prefix}018000000000000007`)
  })

  it('refuses more values than types, and jsonb', () => {
    expect(() => encodeKey(0, 0, ['integer'], [1, 2])).toThrow('expected at most 1 values, got 2')
    expect(() => encodeKey(0, 0, ['jsonb'], ['1'])).toThrow('got jsonb')
    expect(() => encodeKey(0, 0, [{ numeric: { precision: 8, scale: 2 } }], ['x'])).toThrow('expected canonical numeric text, got "x"')
  })

  it('is usable after a refusal', () => {
    expect(() => encodeKey(0, 0, ['integer', 'jsonb'], [1, '1'])).toThrow(FoldbError)
    expect(toHex(encodeKey(0, 0, ['boolean'], [false]))).toBe('000000000100')
  })
})

describe('rowKey and indexKey', () => {
  it('take the columns of the primary key and of the index out of a row', () => {
    expect(toHex(rowKey(3, units, row))).toBe('00030000018000000000000005')
    expect(toHex(indexKey(3, 1, units, row))).toBe('00030001016f72630000018000000000000005')
  })

  it('repeat the primary key after an index that holds it already', () => {
    expect(toHex(indexKey(3, 2, units, row))).toBe('00030002ff018000000000000005018000000000000005')
  })

  it('refuse an index that is not declared', () => {
    expect(() => indexKey(0, 0, units, row)).toThrow('expected an index from 1 to 2, got 0')
    expect(() => indexKey(0, 3, units, row)).toThrow('expected an index from 1 to 2, got 3')
  })
})

describe('decodeKey', () => {
  it('gives table, index and values', () => {
    expect(decodeKey(['text', 'integer'], indexKey(3, 1, units, row))).toEqual({ table: 3, index: 1, values: ['orc', 5] })
  })

  it('names the offset at which it stopped', () => {
    try {
      decodeKey(['boolean', 'smallint'], fromHex('000000000101018000000000008000'))
      expect.unreachable()
    } catch (error) {
      expect(FoldbError.is(error) && [error.code, error.fields.offset]).toEqual(['bad-key', 6])
    }
  })
})
