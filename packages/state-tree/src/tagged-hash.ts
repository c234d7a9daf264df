/** Tagged hashes as in BIP-340, one tag per structure. protocol.md §1. */
import type { Digest } from '@foldb/abi'
import { BLOCK_BYTES, compress, hashAfter, INITIAL_STATE, sha256 } from './sha256.ts'

/**
 * `H(tag, m) = SHA-256(SHA-256(tag) ‖ SHA-256(tag) ‖ m)`. The state after the two tag digests is computed once.
 *
 * @example
 * const messageDigest = taggedHash('foldb/message/v1')
 * messageDigest(bytes)
 */
export function taggedHash(tag: string): (message: Uint8Array) => Digest {
  const tagDigest = sha256(new TextEncoder().encode(tag))
  const prefix = new Uint8Array(BLOCK_BYTES)
  prefix.set(tagDigest, 0)
  prefix.set(tagDigest, 32)
  const state = Int32Array.from(INITIAL_STATE)
  compress(state, prefix, 0)
  return (message) => hashAfter(state, BLOCK_BYTES, message)
}
