/** UUIDs: lower-case text in values, 16 bytes in keys and rows. protocol.md §7. */
import { DbError, fromHex, toHex } from '@foldb/abi'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** @throws DbError 22P02 for any other form than 8-4-4-4-12 hexadecimal digits. */
export function canonicalUuid(text: string): string {
  if (!UUID.test(text)) throw new DbError('22P02')
  return text.toLowerCase()
}

export function bytesOfUuid(text: string): Uint8Array {
  return fromHex(text.replaceAll('-', ''))
}

export function uuidOfBytes(bytes: Uint8Array): string {
  const hex = toHex(bytes)
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
