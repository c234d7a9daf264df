/** Reads the language-free vectors of packages/conformance. */
import { fromHex, toHex, type Value } from '@foldb/abi'
import { readFileSync } from 'node:fs'
import type { CborValue } from '../src/index.ts'

type Tagged =
  | null
  | boolean
  | { integer: string }
  | { float: string }
  | { text: string }
  | { bytes: string }
  | { array: Tagged[] }
  | { map: [string, Tagged][] }

export type TaggedEntries = [string, Tagged][]

/** Bytes as hex, or in pieces where they are too long to print. */
export interface BytesCase {
  readonly name: string
  readonly bytes?: string
  readonly pieces?: readonly { readonly hex: string; readonly times: number }[]
}

export function readVectors<T>(area: string): readonly (T & { readonly name: string })[] {
  const url = new URL(`../../conformance/vectors/${area}.json`, import.meta.url)
  return (JSON.parse(readFileSync(url, 'utf8')) as { cases: (T & { name: string })[] }).cases
}

export function bytesOf({ bytes, pieces }: BytesCase): Uint8Array {
  return fromHex(bytes ?? pieces!.map(({ hex, times }) => hex.repeat(times)).join(''))
}

export function untag(value: Tagged): CborValue {
  if (value === null || typeof value === 'boolean') return value
  if ('integer' in value) return integer(BigInt(value.integer))
  if ('float' in value) return new DataView(fromHex(value.float).buffer).getFloat64(0)
  if ('text' in value) return value.text
  if ('bytes' in value) return fromHex(value.bytes)
  if ('array' in value) return value.array.map(untag)
  return untagMap(value.map)
}

export function untagMap(entries: TaggedEntries): Record<string, CborValue> {
  const record: Record<string, CborValue> = Object.create(null)
  for (const [key, value] of entries) record[key] = untag(value)
  return record
}

export function untagArgs(entries: TaggedEntries): Record<string, Value> {
  return untagMap(entries) as Record<string, Value>
}

function integer(value: bigint): number | bigint {
  return Number.isSafeInteger(Number(value)) ? Number(value) : value
}

/** The error that a step throws. */
export function thrown(step: () => unknown): Error & { code?: string; fields?: Record<string, unknown> } {
  try {
    step()
  } catch (error) {
    return error as Error
  }
  throw new Error('nothing was thrown')
}

export { fromHex, toHex }
