/** Numbers inside jsonb, as PostgreSQL's numeric writes them: no exponent, the scale kept. protocol.md §7. */
import { DbError } from '@foldb/abi'
import { scanDecimal, skipDigits, skipZeros } from './numeric.ts'

/** Most digits that a number may have once its exponent is written out. */
export const JSONB_DIGITS_MAX = 1000

/** `digits` × 10^−`fraction`, written with `integer` + `fraction` digits; kept short until its length has been checked. */
export interface JsonbNumber {
  readonly negative: boolean
  /** Significant digits, without leading zeros; "" for zero. */
  readonly digits: string
  /** Digits before the point, at least 1. */
  readonly integer: number
  /** Digits after the point. */
  readonly fraction: number
}

/** The exponent after `e`, held within a bound that decides nothing: beyond it a number is zero or too long. */
function readExponent(text: string, from: number, to: number): number {
  const exponent = Number(text.slice(from, to))
  return Math.max(-1e9, Math.min(1e9, exponent))
}

/**
 * Reads a JSON number at `from`; undefined when none stands there.
 * @throws DbError 22003 when it would be written with more than 1000 digits.
 */
export function scanJsonbNumber(text: string, from: number): { readonly number: JsonbNumber; readonly end: number } | undefined {
  const mantissa = scanDecimal(text, from)
  if (mantissa === undefined) return undefined
  let end = mantissa.end
  let exponent = 0
  if (text[end] === 'e' || text[end] === 'E') {
    const sign = text[end + 1] === '+' || text[end + 1] === '-' ? 1 : 0
    const first = end + 1 + sign
    const last = skipDigits(text, first)
    if (last === first) return undefined
    exponent = readExponent(text, end + 1, last)
    end = last
  }
  return { number: expand(mantissa.negative, mantissa.integer + mantissa.fraction, mantissa.fraction.length - exponent), end }
}

/** `all` × 10^−`scale`. */
function expand(negative: boolean, all: string, scale: number): JsonbNumber {
  const digits = all.slice(skipZeros(all))
  const fraction = Math.max(0, scale)
  const integer = digits === '' ? 1 : Math.max(1, digits.length - scale)
  if (integer + fraction > JSONB_DIGITS_MAX) throw new DbError('22003')
  return { negative: negative && digits !== '', digits, integer, fraction }
}

/** How many characters {@link formatJsonbNumber} gives. */
export function jsonbNumberLength(number: JsonbNumber): number {
  return (number.negative ? 1 : 0) + number.integer + (number.fraction === 0 ? 0 : 1 + number.fraction)
}

export function formatJsonbNumber(number: JsonbNumber): string {
  const { integer, fraction } = number
  const zeros = number.digits === '' || fraction > 0 ? '' : '0'.repeat(integer - number.digits.length)
  const all = (number.digits + zeros).padStart(integer + fraction, '0')
  const sign = number.negative ? '-' : ''
  return fraction === 0 ? sign + all : `${sign}${all.slice(0, integer)}.${all.slice(integer)}`
}
