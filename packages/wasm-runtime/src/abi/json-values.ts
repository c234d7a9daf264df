/** Values as the JSON world writes them, in both directions: protocol.md, JSON world. */
import { integerOf, type Value } from '@foldb/abi'
import { GuestTrap } from '@foldb/derivation-core'
import type { Budget } from './guest-memory.ts'
import type { Crossing } from './values.ts'

const INTEGER = /^(?:0|-?[1-9][0-9]{0,18})$/
const INT64_MAX = 2n ** 63n - 1n
const CELL_BYTES = 16

/** Text as JSON with the shortest escapes; other characters as they are. */
export function quote(text: string): string {
  return JSON.stringify(text)
}

export function base64(bytes: Uint8Array): string {
  let binary = ''
  for (let i = 0; i < bytes.length; i += 0x8000) binary += String.fromCharCode(...bytes.subarray(i, i + 0x8000))
  return btoa(binary)
}

/** The bytes of padded base64 in its one form, or undefined. */
function bytesOfBase64(text: string): Uint8Array | undefined {
  let binary: string
  try {
    binary = atob(text)
  } catch {
    return undefined
  }
  if (btoa(binary) !== text) return undefined
  const bytes = new Uint8Array(binary.length)
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i)
  return bytes
}

function floatText(value: number): string {
  if (Number.isNaN(value)) return '{"$float":"NaN"}'
  if (!Number.isFinite(value)) return value > 0 ? '{"$float":"Infinity"}' : '{"$float":"-Infinity"}'
  const text = String(value === 0 ? 0 : value)
  return /[.e]/.test(text) ? text : `${text}.0`
}

/** JSON of a value of a column or parameter. */
export function valueText(value: Value, crossing: Crossing): string {
  switch (typeof value) {
    case 'number':
      return crossing === 'float' || !Number.isSafeInteger(value) ? floatText(value) : String(value === 0 ? 0 : value)
    case 'bigint':
      return `{"$integer":"${value}"}`
    case 'string':
      return quote(value)
    case 'boolean':
      return value ? 'true' : 'false'
    default:
      return value === null ? 'null' : `{"$bytes":"${base64(value)}"}`
  }
}

/** JSON of a row. */
export function rowText(row: readonly Value[], crossings: readonly Crossing[]): string {
  let text = '['
  for (let i = 0; i < row.length; i++) text += (i === 0 ? '' : ',') + valueText(row[i]!, crossings[i] ?? 'plain')
  return `${text}]`
}

function wrapped(json: object): Value {
  const keys = Object.keys(json)
  const text: unknown = keys.length === 1 ? (json as Record<string, unknown>)[keys[0]!] : undefined
  if (typeof text === 'string') {
    if (keys[0] === '$integer' && INTEGER.test(text)) {
      const value = BigInt(text)
      if (value >= -INT64_MAX - 1n && value <= INT64_MAX) return integerOf(value)
    }
    const bytes = keys[0] === '$bytes' ? bytesOfBase64(text) : undefined
    if (bytes !== undefined) return bytes
    if (keys[0] === '$float' && (text === 'NaN' || text === 'Infinity' || text === '-Infinity')) return Number(text)
  }
  throw new GuestTrap(
    'expected {"$integer":"…"} of 64 bits, {"$bytes":"<base64>"} or {"$float":"NaN|Infinity|-Infinity"}, got another object',
  )
}

/** The value of a parsed JSON value: a whole number within ±(2^53−1) is an integer, any other a float. */
export function valueOf(json: unknown, budget: Budget): Value {
  budget.charge(CELL_BYTES)
  if (json === null || typeof json === 'boolean') return json
  if (typeof json === 'number') return json === 0 ? 0 : json
  if (typeof json === 'string') {
    budget.charge(json.length)
    return json
  }
  if (typeof json === 'object' && !Array.isArray(json)) return wrapped(json)
  throw new GuestTrap('expected a value, got a nested array')
}

export function valuesOf(json: unknown, budget: Budget): Value[] {
  if (!Array.isArray(json)) throw new GuestTrap('expected an array of values')
  return json.map((item) => valueOf(item, budget))
}

/** A count as the WIT's u32: plain, whole, below 2^32. */
export function countOf(json: unknown, what: string): number {
  if (typeof json === 'number' && Number.isInteger(json) && json >= 0 && json <= 0xffffffff) return json
  throw new GuestTrap(`${what}: expected a whole number from 0, got another value`)
}
