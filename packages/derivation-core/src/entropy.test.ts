import { toHex } from '@foldb/abi'
import { describe, expect, it } from 'vitest'
import { Entropy, seedOf } from './entropy.ts'

const digest = (byte: number): Uint8Array => new Uint8Array(32).fill(byte)
const seed = { channel: digest(1), argsDigest: digest(2), logRoot: digest(3), position: 4, sender: 'alice' }

describe('entropy', () => {
  it('reads on where the last call ended, whatever the sizes of the calls', () => {
    const whole = toHex(new Entropy(seedOf(seed)).bytes(200))
    const parts = new Entropy(seedOf(seed))
    expect([0, 1, 31, 32, 33, 64, 39].map((count) => toHex(parts.bytes(count))).join('')).toBe(whole)
  })

  it('gives bytes of its own to every call', () => {
    const entropy = new Entropy(seedOf(seed))
    const first = entropy.bytes(8)
    const copy = toHex(first)
    entropy.bytes(8).fill(0)
    expect(toHex(first)).toBe(copy)
  })

  it.each([{ channel: digest(9) }, { argsDigest: digest(9) }, { logRoot: digest(9) }, { position: 5 }, { sender: 'bob' }])(
    'depends on %o',
    (change) => {
      expect(toHex(seedOf({ ...seed, ...change }))).not.toBe(toHex(seedOf(seed)))
    },
  )
})
