import { describe, expect, it } from 'vitest'
import { decodeBase64, encodeBase64 } from './base64.ts'

describe('base64', () => {
  it('writes what the platform writes, and reads it back, at every length', () => {
    for (let length = 0; length < 70; length++) {
      const bytes = Uint8Array.from({ length }, (_, i) => (i * 89 + length * 31) & 255)
      const text = Buffer.from(bytes).toString('base64')
      expect(encodeBase64(bytes)).toBe(text)
      expect(decodeBase64(text)).toEqual(bytes)
    }
  })

  it('knows all 64 digits', () => {
    const bytes = Uint8Array.from({ length: 768 }, (_, i) => (i * 7) & 255)
    expect(decodeBase64(encodeBase64(bytes))).toEqual(bytes)
  })
})
