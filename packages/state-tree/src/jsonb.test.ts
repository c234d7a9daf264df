import { describe, expect, it } from 'vitest'
import { canonicalJsonb } from './jsonb.ts'
import { encodeUtf8 } from './utf8.ts'

const canonical = (text: string): string => canonicalJsonb(text, 1_048_576)

describe('canonicalJsonb', () => {
  it('orders names by length, then bytes, and keeps the last of one name', () => {
    expect(canonical('{"b":1,"a":[ ],"aa":1e1,"b":null}')).toBe('{"a": [], "b": null, "aa": 10}')
    expect(canonical('{"\\u0061":1,"a":2}')).toBe('{"a": 2}')
    expect(canonical('{"😀":1,"éé":2,"\uffff":3,"zzzz":4}')).toBe('{"\uffff": 3, "zzzz": 4, "éé": 2, "😀": 1}')
  })

  it('treats the names of Object.prototype as any other', () => {
    expect(canonical('{"__proto__":1,"constructor":{"toString":null}}')).toBe('{"__proto__": 1, "constructor": {"toString": null}}')
  })

  it('stops at the 65th level and not before', () => {
    expect(canonical(`${'['.repeat(64)}${']'.repeat(64)}`)).toHaveLength(128)
    expect(canonical(`${'{"a":'.repeat(64)}1${'}'.repeat(64)}`)).toHaveLength(64 * 7 + 1)
    expect(() => canonical(`${'['.repeat(65)}${']'.repeat(65)}`)).toThrow('54000')
    expect(() => canonical(`${'{"a":'.repeat(65)}1${'}'.repeat(65)}`)).toThrow('54000')
    expect(canonical(`[${'[],'.repeat(100)}[]]`)).toHaveLength(2 + 101 * 2 + 200)
  })

  it('lets the first broken rule in reading order decide', () => {
    expect(() => canonical('[1e1000,')).toThrow('22003')
    expect(() => canonical('[,1e1000]')).toThrow('22P02')
    expect(() => canonical('["\\u0000"')).toThrow('22P05')
    expect(() => canonical('["\\ud800\\u0000"]')).toThrow('22P02')
    expect(() => canonical(`${'['.repeat(65)}x`)).toThrow('54000')
    expect(() => canonical(`${'['.repeat(64)}x`)).toThrow('22P02')
  })

  it('expands a number to a thousand digits at most', () => {
    expect(canonical('1e999')).toBe(`1${'0'.repeat(999)}`)
    expect(canonical('-1e-999')).toBe(`-0.${'0'.repeat(998)}1`)
    expect(canonical('1'.repeat(1000))).toBe('1'.repeat(1000))
    for (const text of [
      '1e1000',
      '1e-1000',
      '12e999',
      '0e-1000',
      '1'.repeat(1001),
      '1e999999999999999999999',
      '1e-999999999999999999999',
    ]) {
      expect(() => canonical(text)).toThrow('22003')
    }
    expect(canonical('0e999999999999999999999')).toBe('0')
  })

  it('measures the text before it writes it', () => {
    for (const text of ['[1,2,3]', '{"a":1,"é":[]}', '"\\u0001\\n\\"é😀"', '-1.50e1', '[null,true,false,[],{}]', '1e5', '0.5e-3']) {
      const written = canonical(text)
      const bytes = encodeUtf8(written).length
      expect(canonicalJsonb(text, bytes)).toBe(written)
      expect(() => canonicalJsonb(text, bytes - 1)).toThrow('54000')
    }
    const bomb = `[${'1e999,'.repeat(100_000)}1]`
    expect(() => canonical(bomb)).toThrow('54000')
  })
})
