/** Hashes under a tag: protocol.md §1. */
import { createHash } from 'node:crypto'
import { concat, utf8 } from './bytes.ts'

export const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest())

export function H(tag: string, ...message: readonly Uint8Array[]): Uint8Array {
  const prefix = sha256(utf8(tag))
  return sha256(concat(prefix, prefix, ...message))
}
