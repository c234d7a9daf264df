/** Names of kinds and parameters: protocol.md §3. Few and often repeated, so that those seen before are found by their bytes. */
import { decodeUtf8 } from './utf8.ts'

export const NAME: RegExp = /^[a-z][a-z0-9_-]{0,63}$/
export const NAME_BYTES_MAX = 64

/** How many names are remembered; two that share a slot put each other out. */
const SLOTS = 1024
const seen: (string | undefined)[] = Array.from({ length: SLOTS }, () => undefined)

/** The name in `bytes[start, end)`, or undefined when it is none. */
export function nameOfBytes(bytes: Uint8Array, start: number, end: number): string | undefined {
  let hash = 0
  for (let i = start; i < end; i++) hash = (Math.imul(hash, 31) + bytes[i]!) | 0
  const slot = (hash ^ (hash >>> 10)) & (SLOTS - 1)
  const known = seen[slot]
  if (known !== undefined && isSame(known, bytes, start, end)) return known
  const name = decodeUtf8(bytes, start, end)
  if (name === undefined || !NAME.test(name)) return undefined
  seen[slot] = name
  return name
}

function isSame(name: string, bytes: Uint8Array, start: number, end: number): boolean {
  if (name.length !== end - start) return false
  for (let i = start; i < end; i++) if (name.charCodeAt(i - start) !== bytes[i]) return false
  return true
}
