/** Decimal text in its canonical form: exactly `scale` fraction digits, rounded half away from zero. protocol.md §7. */
import { DbError, type Decimal } from '@foldb/abi'

/** A decimal number as its digits: `integer` without leading zeros but at least "0", `fraction` as written. */
export interface DecimalText {
  readonly negative: boolean
  readonly integer: string
  readonly fraction: string
}

/** Index of the first character at or after `from` that is no ASCII digit. */
export function skipDigits(text: string, from: number): number {
  let at = from
  for (; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit < 0x30 || unit > 0x39) break
  }
  return at
}

/** Reads `-?(0|[1-9]\d*)(\.\d+)?` at `from`; undefined when no such text stands there. `end` is the first character after it. */
export function scanDecimal(text: string, from: number): (DecimalText & { readonly end: number }) | undefined {
  const negative = text[from] === '-'
  const start = negative ? from + 1 : from
  const point = text[start] === '0' ? start + 1 : skipDigits(text, start)
  if (point === start) return undefined
  const integer = text.slice(start, point)
  if (text[point] !== '.') return { negative, integer, fraction: '', end: point }
  const end = skipDigits(text, point + 1)
  return end === point + 1 ? undefined : { negative, integer, fraction: text.slice(point + 1, end), end }
}

/** The digits plus one in the last place. */
function increment(digits: string): string {
  let last = digits.length - 1
  while (last >= 0 && digits[last] === '9') last--
  const zeros = '0'.repeat(digits.length - 1 - last)
  return last < 0 ? `1${zeros}` : digits.slice(0, last) + String(Number(digits[last]) + 1) + zeros
}

/**
 * The canonical text of a decimal number in a column.
 * @throws DbError 22P02 for another form, 22003 when it does not fit the precision after rounding.
 */
export function canonicalNumeric(text: string, decimal: Decimal): string {
  const parsed = scanDecimal(text, 0)
  if (parsed === undefined || parsed.end !== text.length) throw new DbError('22P02')
  const { precision, scale } = decimal
  const kept = parsed.fraction.slice(0, scale).padEnd(scale, '0')
  const roundsUp = parsed.fraction.length > scale && parsed.fraction[scale]! >= '5'
  const digits = roundsUp ? increment(parsed.integer + kept) : parsed.integer + kept
  const integer = digits.slice(0, digits.length - scale)
  if (integer !== '0' && integer.length > precision - scale) throw new DbError('22003')
  const sign = parsed.negative && skipZeros(digits) < digits.length ? '-' : ''
  return scale === 0 ? sign + integer : `${sign}${integer}.${digits.slice(digits.length - scale)}`
}

/** Index of the first digit that is not 0. */
export function skipZeros(digits: string): number {
  let at = 0
  while (digits[at] === '0') at++
  return at
}
