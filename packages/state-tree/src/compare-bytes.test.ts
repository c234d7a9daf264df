import { describe, expect, it } from 'vitest'
import { compareBytes } from './compare-bytes.ts'

const sign = (a: number[], b: number[]): number => Math.sign(compareBytes(Uint8Array.from(a), Uint8Array.from(b)))

describe('compareBytes', () => {
  it('orders bytes as unsigned numbers', () => {
    expect(sign([0x7f], [0x80])).toBe(-1)
    expect(sign([0xff], [0x00])).toBe(1)
    expect(sign([1, 2, 3], [1, 3, 0])).toBe(-1)
  })

  it('puts a prefix before what it begins', () => {
    expect(sign([], [0])).toBe(-1)
    expect(sign([1, 2], [1])).toBe(1)
  })

  it('gives zero for equal bytes', () => {
    expect(sign([], [])).toBe(0)
    expect(sign([1, 2], [1, 2])).toBe(0)
  })
})
