/** One value as JSON text and back: the JSON world of the WIT (interface `tables-json`). */
import type { Value } from '@foldb/abi'
import { decodeBase64, encodeBase64 } from './base64.ts'

/** What a cell looks like after `JSON.parse`. */
export type JsonCell = null | boolean | number | string | { readonly $integer?: string; readonly $bytes?: string; readonly $float?: string }

/** A value as JSON text. A whole number is an integer; the host coerces it by the column's type. */
export function encodeCell(value: Value | undefined): string {
  switch (typeof value) {
    case 'number':
      return Number.isFinite(value) ? String(value) : `{"$float":"${String(value)}"}`
    case 'string':
      return JSON.stringify(value)
    case 'boolean':
      return value ? 'true' : 'false'
    case 'bigint':
      return Number.isSafeInteger(Number(value)) ? String(value) : `{"$integer":"${String(value)}"}`
    case 'undefined':
      return 'null'
    default:
      break
  }
  if (value === null) return 'null'
  if (value instanceof Uint8Array) return `{"$bytes":"${encodeBase64(value)}"}`
  throw new TypeError(`expected null, boolean, number, bigint, string or Uint8Array, got ${Object.prototype.toString.call(value)}`)
}

/** Several values as a JSON array. */
export function encodeCells(values: readonly (Value | undefined)[]): string {
  let text = '['
  for (let i = 0; i < values.length; i++) text += i === 0 ? encodeCell(values[i]) : `,${encodeCell(values[i])}`
  return `${text}]`
}

/** A value from what `JSON.parse` made of its cell. */
export function decodeCell(cell: JsonCell): Value {
  if (typeof cell !== 'object' || cell === null) return cell
  if (cell.$integer !== undefined) return BigInt(cell.$integer)
  if (cell.$bytes !== undefined) return decodeBase64(cell.$bytes)
  return Number(cell.$float)
}
