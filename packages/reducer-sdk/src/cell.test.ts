import { describe, expect, it } from 'vitest'
import { decodeCell, encodeCell, encodeCells, type JsonCell } from './cell.ts'

describe('encodeCell', () => {
  it.each([
    [null, 'null'],
    [undefined, 'null'],
    [true, 'true'],
    [false, 'false'],
    [0, '0'],
    [-0, '0'],
    [-7, '-7'],
    [2.5, '2.5'],
    [1e21, '1e+21'],
    [9007199254740991n, '9007199254740991'],
    [9007199254740992n, '{"$integer":"9007199254740992"}'],
    [-9223372036854775808n, '{"$integer":"-9223372036854775808"}'],
    [NaN, '{"$float":"NaN"}'],
    [-Infinity, '{"$float":"-Infinity"}'],
    ['a "b"\n', '"a \\"b\\"\\n"'],
    ['\ud800', '"\\ud800"'],
    [new Uint8Array([0, 255, 16]), '{"$bytes":"AP8Q"}'],
  ])('writes %o as %s', (value, text) => {
    expect(encodeCell(value)).toBe(text)
    JSON.parse(text)
  })

  it('refuses what is no value', () => {
    expect(() => encodeCell({} as never)).toThrow('expected null, boolean, number, bigint, string or Uint8Array, got [object Object]')
    expect(() => encodeCell((() => 1) as never)).toThrow(TypeError)
  })
})

describe('encodeCells', () => {
  it('separates without blanks', () => {
    expect(encodeCells([])).toBe('[]')
    expect(encodeCells([1, 'x', null])).toBe('[1,"x",null]')
  })
})

describe('decodeCell', () => {
  it.each([null, true, 5, 2.5, 'text', 2n ** 63n - 1n, -(2n ** 60n), Infinity, NaN, new Uint8Array([1, 2, 3, 4])])(
    'reads back %o',
    (value) => {
      expect(decodeCell(JSON.parse(encodeCell(value)) as JsonCell)).toEqual(value)
    },
  )
})
