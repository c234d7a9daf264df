import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareBytes } from './compare-bytes.ts'
import { compareUtf8, decodeUtf8, encodeUtf8, isStorableText, utf8Length } from './utf8.ts'

const EDGES = ['', '\u007f', '\u0080', '\u07ff', '\u0800', '\ud7ff', '\ue000', '\uffff', '\u{10000}', '\u{10ffff}', 'a😀', 'a\uffff']

describe('utf8Length and compareUtf8', () => {
  it('agree with the encoded bytes at every edge', () => {
    for (const a of EDGES) {
      expect(utf8Length(a)).toBe(encodeUtf8(a).length)
      for (const b of EDGES) expect(Math.sign(compareUtf8(a, b))).toBe(Math.sign(compareBytes(encodeUtf8(a), encodeUtf8(b))))
    }
  })

  it('agree with the encoded bytes of any text', () => {
    const text = fc.string({ unit: 'binary' })
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(utf8Length(a)).toBe(encodeUtf8(a).length)
        expect(Math.sign(compareUtf8(a, b))).toBe(Math.sign(compareBytes(encodeUtf8(a), encodeUtf8(b))))
      }),
    )
  })
})

describe('decodeUtf8', () => {
  it('keeps a leading U+FEFF', () => {
    expect(decodeUtf8(encodeUtf8('\ufeffa'))).toBe('\ufeffa')
  })

  it('refuses what is not well-formed', () => {
    for (const bytes of [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe2, 0x82]]) {
      expect(decodeUtf8(Uint8Array.from(bytes))).toBeUndefined()
    }
  })
})

describe('isStorableText', () => {
  it('refuses U+0000 and lone surrogates only', () => {
    for (const text of EDGES) expect(isStorableText(text)).toBe(true)
    for (const text of ['\0', 'a\0b', '\ud800', '\udc00', '\udc00\ud800', 'a\udfff']) expect(isStorableText(text)).toBe(false)
  })
})
