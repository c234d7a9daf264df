/** The one form of a value in a column: protocol.md §7. */
import { isWellFormed, refuse, utf8 } from './bytes.ts'
import { MAX_SAFE, number, type Scalar } from './cbor.ts'
import { formatDate, formatTimestamp, parseDate, parseTimestamp } from './calendar.ts'
import { BITS, type ColumnType } from './column-type.ts'
import { canonicalJson } from './jsonb.ts'

/**
 * @param maximum bytes of a text, a bytea or a jsonb
 */
export function canonical(type: ColumnType, value: Scalar, maximum = 1_048_576): Scalar {
  if (value === null) return null
  const known = typeof value === 'object' && 'float' in value ? number(value.float) : value
  const found = ofType(type, known as Exclude<Scalar, null>)
  if (!(type === 'text' || type === 'bytea' || type === 'jsonb') || found === null || typeof found === 'boolean') return found
  const length = 'text' in found ? utf8(found.text).length : 'bytes' in found ? found.bytes.length : 0
  return length > maximum ? refuse('54000') : found
}

function ofType(type: ColumnType, value: Exclude<Scalar, null>): Scalar {
  if (typeof value === 'boolean') return type === 'boolean' ? value : refuse('42804')
  if ('bytes' in value) return type === 'bytea' ? value : refuse('42804')
  if ('text' in value) return ofText(type, value.text)
  if ('float' in value) return type === 'double-precision' ? value : refuse('42804')
  return ofInteger(type, value.integer)
}

function ofInteger(type: ColumnType, integer: bigint): Scalar {
  if (typeof type === 'object') return { text: numeric(String(integer), type.numeric) }
  const limit = type === 'double-precision' ? MAX_SAFE + 1n : 2n ** ((BITS[type] ?? refuse('42804')) - 1n)
  const lowest = type === 'double-precision' ? -MAX_SAFE : -limit
  return integer >= lowest && integer < limit ? { integer } : refuse('22003')
}

function ofText(type: ColumnType, text: string): Scalar {
  const form = typeof type === 'object' ? 'numeric' : type
  const forms: Readonly<Record<string, (text: string) => string>> = {
    numeric: () => numeric(text, typeof type === 'object' ? type.numeric : refuse('42804')),
    text: () => text,
    uuid: () => (/^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/.test(text) ? text.toLowerCase() : refuse('22P02')),
    date: () => formatDate(parseDate(text)),
    timestamptz: () => formatTimestamp(parseTimestamp(text)),
    jsonb: () => canonicalJson(text),
  }
  const written = forms[form] ?? refuse('42804')
  if (text.includes('\u0000') || !isWellFormed(text)) refuse('22021')
  return { text: written(text) }
}

function numeric(text: string, { precision, scale }: { readonly precision: number; readonly scale: number }): string {
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(0|[1-9][0-9]*)(?:\.([0-9]+))?$/.exec(text) ?? refuse('22P02')
  if (whole !== '0' && whole.length > precision - scale) refuse('22003')
  const kept = BigInt(whole + fraction.slice(0, scale).padEnd(scale, '0'))
  const rounded = (fraction[scale] ?? '0') >= '5' ? kept + 1n : kept
  const digits = String(rounded).padStart(scale + 1, '0')
  const point = digits.length - scale
  const before = digits.slice(0, point)
  if (before !== '0' && before.length > precision - scale) refuse('22003')
  return `${rounded === 0n ? '' : sign}${before}${scale === 0 ? '' : `.${digits.slice(point)}`}`
}
