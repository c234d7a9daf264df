/** Values as JSON writes them for people and for interpreted guests: protocol.md §4. */
import type { Value } from '@foldb/abi'
import type { JsonObject, JsonValue } from './json-parser.ts'

const INTEGER = /^-?[1-9][0-9]{15,18}$/
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/
const INT64_MIN = -(2n ** 63n)
const INT64_MAX = 2n ** 63n - 1n

/** The value of a parsed JSON value, or a text that says what was expected. */
export function valueOfJson(json: JsonValue): { readonly value: Value } | { readonly expected: string } {
  if (typeof json !== 'object' || json === null) return { value: json }
  if (Array.isArray(json)) return { expected: 'a value that is not nested' }
  const object = json as JsonObject
  const [key, ...more] = Object.keys(object)
  const text = key === undefined ? undefined : object[key]
  if (more.length > 0 || typeof text !== 'string') return { expected: '{"$integer":"…"} or {"$bytes":"…"}' }
  if (key === '$integer') return integerOfText(text)
  if (key === '$bytes') return bytesOfText(text)
  return { expected: '{"$integer":"…"} or {"$bytes":"…"}' }
}

function integerOfText(text: string): { readonly value: Value } | { readonly expected: string } {
  const value = INTEGER.test(text) ? BigInt(text) : 0n
  const isLarge = value > BigInt(Number.MAX_SAFE_INTEGER) || value < -BigInt(Number.MAX_SAFE_INTEGER)
  if (!isLarge || value < INT64_MIN || value > INT64_MAX)
    return { expected: '"$integer" with a 64-bit integer beyond ±(2^53−1) in its shortest form' }
  return { value }
}

function bytesOfText(text: string): { readonly value: Value } | { readonly expected: string } {
  const expected = '"$bytes" with padded base64 in its only form'
  if (!BASE64.test(text)) return { expected }
  const binary = atob(text)
  // The last character may hold bits that no byte has: then the same bytes would have two texts.
  if (btoa(binary) !== text) return { expected }
  return { value: Uint8Array.from(binary, (character) => character.charCodeAt(0)) }
}

/** JSON of a value: integers plain within ±(2^53−1), whole floats beyond with `.0`, bytes as padded base64. */
export function formatJsonValue(value: Value): string {
  if (typeof value === 'bigint') return `{"$integer":"${value}"}`
  if (value instanceof Uint8Array) return `{"$bytes":"${base64(value)}"}`
  if (typeof value !== 'number') return JSON.stringify(value)
  const text = String(value === 0 ? 0 : value)
  return Number.isSafeInteger(value) || /[.e]/.test(text) ? text : `${text}.0`
}

function base64(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary)
}
