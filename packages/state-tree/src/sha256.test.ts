import { toHex } from '@foldb/abi'
import { sha256 as noble } from '@noble/hashes/sha2.js'
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { compress, hashAfter, INITIAL_STATE, sha256 } from './sha256.ts'

const message = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => (i * 167 + length) & 0xff)

describe('sha256', () => {
  it('gives the digest of the standard for "abc"', () => {
    expect(toHex(sha256(new TextEncoder().encode('abc')))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  })

  it('agrees with Node and @noble/hashes for every length around its blocks', () => {
    for (let length = 0; length <= 260; length++) {
      const bytes = message(length)
      const digest = toHex(sha256(bytes))
      expect(digest).toBe(createHash('sha256').update(bytes).digest('hex'))
      expect(digest).toBe(toHex(noble(bytes)))
    }
  })

  it('agrees for a mebibyte, and for bytes inside a larger buffer', () => {
    const bytes = message(1_048_576 + 13)
    expect(toHex(sha256(bytes))).toBe(createHash('sha256').update(bytes).digest('hex'))
    const inner = bytes.subarray(5, 205)
    expect(toHex(sha256(inner))).toBe(createHash('sha256').update(inner).digest('hex'))
  })

  it('writes all 64 bits of the length', () => {
    for (const prefixBytes of [64, 2 ** 26, 2 ** 29 - 64, 2 ** 29, 2 ** 40 + 64]) {
      const state = Int32Array.from(INITIAL_STATE)
      const block = new Uint8Array(64)
      block.set([1, 2, 3, 0x80])
      new DataView(block.buffer).setBigUint64(56, 8n * BigInt(prefixBytes + 3))
      compress(state, block, 0)
      const expected = [...state].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('')
      expect(toHex(hashAfter(INITIAL_STATE, prefixBytes, Uint8Array.of(1, 2, 3)))).toBe(expected)
    }
  })

  it('gives a digest of its own each time and leaves the message alone', () => {
    const bytes = message(100)
    const first = sha256(bytes)
    const copy = first.slice()
    sha256(message(99))
    expect(first).toEqual(copy)
    expect(bytes).toEqual(message(100))
  })
})
