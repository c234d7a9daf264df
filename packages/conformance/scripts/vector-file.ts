/** What the scripts that write vectors share: the file's shape, values in tagged JSON, and an encoder and a hash that are not foldb's. */
import * as dagCbor from '@ipld/dag-cbor'
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'

/** Values as vectors write them: a tag says what JSON alone cannot. */
export type Tagged =
  | null
  | boolean
  | { integer: string }
  | { float: string }
  | { text: string }
  | { bytes: string }
  | { array: Tagged[] }
  | { map: [string, Tagged][] }

export const TAGGED =
  'Values: null, true and false stand for themselves; {"integer": decimal}, {"float": 16 hex digits of the 64-bit float}, {"text"}, {"bytes": hex}, {"array": [values]}, {"map": [[key, value] in encoded order]}. Bytes are lower-case hex.'

/** Writes `vectors/<area>.json`; an area may begin with `invalid/`. `base` is what the cases start from, if they share something. */
export function writeVectors(area: string, description: string, cases: readonly { readonly name: string }[], base?: unknown): void {
  const url = new URL(`../vectors/${area}.json`, import.meta.url)
  const lines = cases.map((one) => `    ${JSON.stringify(one)}`)
  const shared = base === undefined ? '' : `  "base": ${JSON.stringify(base)},\n`
  writeFileSync(url, `{\n  "description": ${JSON.stringify(description)},\n${shared}  "cases": [\n${lines.join(',\n')}\n  ]\n}\n`)
}

/** Canonical bytes by the reference library. */
export function oracle(value: unknown): Uint8Array {
  return dagCbor.encode(value)
}

/** H(tag, message) by Node's own SHA-256. */
export function tagged(tag: string, message: Uint8Array): Uint8Array {
  const name = createHash('sha256').update(tag).digest()
  return new Uint8Array(createHash('sha256').update(name).update(name).update(message).digest())
}

export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}

export function unhex(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'hex'))
}

/** 32 bytes of one value: digests that nobody takes for real ones. */
export function filled(byte: number): Uint8Array {
  return new Uint8Array(32).fill(byte)
}

/** Hex of a CBOR text. */
export function text(value: string): string {
  const bytes = Buffer.from(value, 'utf8')
  const head =
    bytes.length < 24 ? [0x60 | bytes.length] : bytes.length < 256 ? [0x78, bytes.length] : [0x79, bytes.length >> 8, bytes.length & 255]
  return hex(Uint8Array.from(head)) + bytes.toString('hex')
}

export function u32(value: number): string {
  return value.toString(16).padStart(8, '0')
}

/** Tagged JSON of a JavaScript value; a whole number beyond ±(2^53−1) is a float. */
export function tag(value: unknown): Tagged {
  if (value === null || typeof value === 'boolean') return value
  if (typeof value === 'bigint') return { integer: `${value}` }
  if (typeof value === 'number') return Number.isSafeInteger(value) ? { integer: `${value}` } : { float: floatHex(value) }
  if (typeof value === 'string') return { text: value }
  if (value instanceof Uint8Array) return { bytes: hex(value) }
  if (Array.isArray(value)) return { array: value.map(tag) }
  const entries = Object.entries(value as Record<string, unknown>)
  entries.sort(([a], [b]) => Buffer.byteLength(a) - Buffer.byteLength(b) || Buffer.compare(Buffer.from(a), Buffer.from(b)))
  return { map: entries.map(([key, one]) => [key, tag(one)]) }
}

function floatHex(value: number): string {
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleBE(value)
  return bytes.toString('hex')
}
