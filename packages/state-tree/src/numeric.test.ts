import { describe, expect, it } from 'vitest'
import { canonicalNumeric } from './numeric.ts'

const money = { precision: 8, scale: 2 }

describe('canonicalNumeric', () => {
  it('rounds half away from zero and keeps the scale', () => {
    const cases = {
      '1.005': '1.01',
      '-1.005': '-1.01',
      '1.0049999': '1.00',
      '9.995': '10.00',
      '12': '12.00',
      '0.1': '0.10',
      '-9.999': '-10.00',
    }
    for (const [text, canonical] of Object.entries(cases)) expect(canonicalNumeric(text, money)).toBe(canonical)
  })

  it('gives zero no sign', () => {
    for (const text of ['-0', '-0.00', '-0.004', '0.000']) expect(canonicalNumeric(text, money)).toBe('0.00')
    expect(canonicalNumeric('-0.4', { precision: 3, scale: 0 })).toBe('0')
    expect(canonicalNumeric('-0.005', money)).toBe('-0.01')
  })

  it('refuses what does not fit after rounding', () => {
    expect(canonicalNumeric('999999.994', money)).toBe('999999.99')
    for (const text of ['999999.995', '1000000', '-1000000.00']) expect(() => canonicalNumeric(text, money)).toThrow('22003')
    expect(canonicalNumeric('0.9994', { precision: 3, scale: 3 })).toBe('0.999')
    expect(() => canonicalNumeric('0.9995', { precision: 3, scale: 3 })).toThrow('22003')
    expect(canonicalNumeric('9.4', { precision: 1, scale: 0 })).toBe('9')
    expect(() => canonicalNumeric('9.5', { precision: 1, scale: 0 })).toThrow('22003')
  })

  it('carries over a thousand digits', () => {
    expect(canonicalNumeric(`${'9'.repeat(999)}.5`, { precision: 1000, scale: 0 })).toBe(`1${'0'.repeat(999)}`)
  })

  it('takes a mebibyte of digits without a deep stack', () => {
    expect(canonicalNumeric(`0.${'5'.repeat(1_000_000)}`, money)).toBe('0.56')
    expect(() => canonicalNumeric('5'.repeat(1_000_000), money)).toThrow('22003')
  })
})
