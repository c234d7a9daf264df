import { toHex } from '@foldb/abi'
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { taggedHash } from './tagged-hash.ts'

function reference(tag: string, message: Uint8Array): string {
  const name = createHash('sha256').update(tag).digest()
  return createHash('sha256').update(name).update(name).update(message).digest('hex')
}

describe('taggedHash', () => {
  it('is SHA-256 of the tag’s digest twice and the message', () => {
    for (const tag of ['foldb/message/v1', 'foldb/tree-leaf/v1', '']) {
      const hash = taggedHash(tag)
      for (let length = 0; length <= 200; length++) {
        const message = new Uint8Array(length).fill(length)
        expect(toHex(hash(message))).toBe(reference(tag, message))
      }
    }
  })

  it('gives the digests that the protocol prints', () => {
    const hash = taggedHash('foldb/message/v1')
    expect(toHex(hash(new Uint8Array()))).toBe('73075bf2ea7ecdea59a7fdf33e0324cf1fc8a9b24a1037208456bd260d351b81')
    expect(toHex(hash(Uint8Array.of(1)))).toBe('088bbcd14b6225609f57b6e5d10fd2aec0542d0fd220893297e1d8dfd55c92aa')
  })
})
