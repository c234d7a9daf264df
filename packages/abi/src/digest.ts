/** Digests: 32 raw bytes inside encodings, `sha256:<hex>` for people. */
import { FoldbError } from './error.ts'

/** 32 bytes of SHA-256. */
export type Digest = Uint8Array

export const DIGEST_BYTES = 32

/** Lower-case hexadecimal of any bytes. */
export function toHex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += (byte < 16 ? '0' : '') + byte.toString(16)
  return text
}

/**
 * Bytes of a hexadecimal text.
 * @throws FoldbError `bad-hex` when the text has an odd length or another character.
 */
export function fromHex(text: string): Uint8Array {
  if (text.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(text)) {
    throw new FoldbError('bad-hex', `expected an even number of hexadecimal digits, got ${JSON.stringify(text.slice(0, 80))}`)
  }
  const bytes = new Uint8Array(text.length / 2)
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(text.slice(2 * i, 2 * i + 2), 16)
  return bytes
}

/** `sha256:<hex>`. */
export function formatDigest(digest: Digest): string {
  return `sha256:${toHex(digest)}`
}

/**
 * Reads `sha256:<hex>`, or the 64 hexadecimal digits alone.
 * @throws FoldbError `bad-digest` for anything else.
 */
export function parseDigest(text: string): Digest {
  const hex = text.startsWith('sha256:') ? text.slice(7) : text
  if (!/^[0-9a-f]{64}$/.test(hex)) {
    throw new FoldbError('bad-digest', `expected sha256: and 64 lower-case hexadecimal digits, got ${JSON.stringify(text.slice(0, 80))}`)
  }
  return fromHex(hex)
}

/** Whether two byte strings are the same. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}
