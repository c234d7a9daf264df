import { describe, expect, it } from 'vitest'
import { INTEGER_MAX, integerOf, isInteger } from './value.ts'

describe('integerOf', () => {
  it('gives a number within ±(2^53−1) and a bigint beyond', () => {
    expect(integerOf(9007199254740991n)).toBe(INTEGER_MAX)
    expect(integerOf(-9007199254740991n)).toBe(-INTEGER_MAX)
    expect(integerOf(9007199254740992n)).toBe(9007199254740992n)
    expect(integerOf(-9007199254740992n)).toBe(-9007199254740992n)
    expect(integerOf(0n)).toBe(0)
  })
})

describe('isInteger', () => {
  it.each([0, -0, 5, -INTEGER_MAX, INTEGER_MAX, 2n ** 53n])('takes %s as an integer', (value) => {
    expect(isInteger(value)).toBe(true)
  })

  it.each([0.5, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY, '5', true, null, new Uint8Array(1)])('does not take %s as one', (value) => {
    expect(isInteger(value)).toBe(false)
  })
})
