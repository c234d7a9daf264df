import { describe, expect, it } from 'vitest'
import { DIGEST_BYTES, equalBytes, formatDigest, fromHex, parseDigest, toHex } from './digest.ts'

const DIGEST = Uint8Array.from({ length: DIGEST_BYTES }, (_, i) => i * 8)
const HEX = '0008101820283038404850586068707880889098a0a8b0b8c0c8d0d8e0e8f0f8'

describe('hexadecimal', () => {
  it('writes two lower-case digits a byte', () => {
    expect(toHex(DIGEST)).toBe(HEX)
    expect(toHex(new Uint8Array())).toBe('')
    expect(toHex(Uint8Array.of(0x0f, 0x10, 0xff))).toBe('0f10ff')
  })

  it('reads what it wrote, and upper case', () => {
    expect(fromHex(HEX)).toEqual(DIGEST)
    expect(fromHex('0F10fF')).toEqual(Uint8Array.of(0x0f, 0x10, 0xff))
  })

  it.each(['0', 'zz', '0x', ' 00', '00\n', '0 '])('refuses %j', (text) => {
    expect(() => fromHex(text)).toThrow(expect.objectContaining({ code: 'bad-hex' }))
  })
})

describe('digests as text', () => {
  it('are sha256: and 64 digits', () => {
    expect(formatDigest(DIGEST)).toBe(`sha256:${HEX}`)
    expect(parseDigest(`sha256:${HEX}`)).toEqual(DIGEST)
  })

  it('may come without the prefix', () => {
    expect(parseDigest(HEX)).toEqual(DIGEST)
  })

  it.each(['', 'sha256:', HEX.slice(2), `${HEX}00`, HEX.toUpperCase(), `sha512:${HEX}`, `sha256:sha256:${HEX}`, ` ${HEX}`, `${HEX}\n`])(
    'refuses %j',
    (text) => {
      expect(() => parseDigest(text)).toThrow(expect.objectContaining({ code: 'bad-digest' }))
    },
  )

  it('quotes at most 80 characters of what it got', () => {
    expect(() => parseDigest('x'.repeat(10_000))).toThrow(/^.{1,200}$/)
    expect(() => fromHex('x'.repeat(10_000))).toThrow(/^.{1,200}$/)
  })
})

describe('equalBytes', () => {
  it('compares length and every byte', () => {
    expect(equalBytes(DIGEST, fromHex(HEX))).toBe(true)
    expect(equalBytes(DIGEST, DIGEST.subarray(1))).toBe(false)
    expect(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 3))).toBe(false)
    expect(equalBytes(new Uint8Array(), new Uint8Array())).toBe(true)
  })
})
