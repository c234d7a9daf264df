/** Keys: protocol.md §8. */
import {
  concat,
  equal,
  finish,
  floatBytes,
  fromHex,
  fromUtf8,
  reader,
  refuse,
  take,
  takeByte,
  takeUnsigned,
  toFloat,
  toHex,
  toUnsigned,
  u16,
  u64,
  u8,
  utf8,
  type Reader,
} from './bytes.ts'
import { number, type Scalar } from './cbor.ts'
import { formatDate, formatTimestamp, parseDate, parseTimestamp } from './calendar.ts'
import { canonical } from './canonical-value.ts'
import { BITS, type ColumnType } from './column-type.ts'
import { encodeNumeric, takeNumeric } from './numeric-key.ts'

const HIGH = 2n ** 63n
const flipped = (value: bigint): Uint8Array => u64(value + HIGH)

export function encodeKey(table: number, index: number, types: readonly ColumnType[], values: readonly Scalar[]): Uint8Array {
  return concat(u16(table), u16(index), ...values.map((value, i) => part(types[i] ?? refuse('too many values'), value)))
}

function part(type: ColumnType, value: Scalar): Uint8Array {
  if (value === null) return u8(0xff)
  if (typeof value === 'boolean') return concat(u8(1), u8(value ? 1 : 0))
  if (type === 'jsonb') return refuse('jsonb in a key')
  return concat(u8(1), content(type, value))
}

function content(type: ColumnType, value: Exclude<Scalar, null | boolean>): Uint8Array {
  if (type === 'double-precision')
    return encodeFloat('float' in value ? value.float : 'integer' in value ? Number(value.integer) : refuse('no float'))
  if ('integer' in value) return flipped(value.integer)
  if ('bytes' in value) return terminated(value.bytes)
  if (!('text' in value)) return refuse('no value of this column')
  if (typeof type === 'object') return encodeNumeric(value.text)
  if (type === 'uuid') return fromHex(value.text.replaceAll('-', ''))
  if (type === 'date') return flipped(parseDate(value.text))
  return type === 'timestamptz' ? flipped(parseTimestamp(value.text)) : terminated(utf8(value.text))
}

function encodeFloat(value: number): Uint8Array {
  const bits = toUnsigned(floatBytes(value))
  return u64(bits >= HIGH ? 2n ** 64n - 1n - bits : bits + HIGH)
}

const terminated = (bytes: Uint8Array): Uint8Array =>
  concat(fromHex(toHex(bytes).replaceAll(/../g, (byte) => (byte === '00' ? '00ff' : byte))), u16(0))

/** Values of a key back from its bytes, without the table and index. */
export function decodeKey(types: readonly ColumnType[], key: Uint8Array, nulls: boolean): Scalar[] {
  const input = reader(key)
  take(input, 4)
  const values = types.map((type) => {
    const mark = takeByte(input)
    if (mark === 0xff && nulls) return null
    return mark === 1 ? takeContent(type, input) : refuse('mark of a part')
  })
  finish(input)
  // What a writer would not have written is refused.
  return equal(encodeKey(0, 0, types, values).slice(4), key.slice(4)) ? values : refuse('not what a writer writes')
}

function takeContent(type: ColumnType, input: Reader): Scalar {
  if (typeof type === 'object') return strict(type, { text: scaled(takeNumeric(input), type.numeric.scale) })
  if (type === 'boolean') return [false, true][takeByte(input)] ?? refuse('no boolean')
  if (type in BITS) return canonical(type, { integer: takeFlipped(input) })
  if (type === 'double-precision') return takeFloat(input)
  if (type === 'date') return { text: formatDate(takeFlipped(input)) }
  if (type === 'timestamptz') return { text: formatTimestamp(takeFlipped(input)) }
  if (type === 'uuid') return { text: formatUuid(take(input, 16)) }
  if (type === 'bytea') return { bytes: takeTerminated(input) }
  return type === 'text' ? strict(type, { text: fromUtf8(takeTerminated(input)) }) : refuse('jsonb in a key')
}

const takeFlipped = (input: Reader): bigint => takeUnsigned(input, 8) - HIGH

function takeFloat(input: Reader): Scalar {
  const bits = takeUnsigned(input, 8)
  return number(toFloat(u64(bits >= HIGH ? bits - HIGH : 2n ** 64n - 1n - bits)))
}

function takeTerminated(input: Reader): Uint8Array {
  let hex = ''
  for (;;) {
    const byte = toHex(take(input, 1))
    if (byte !== '00') {
      hex += byte
      continue
    }
    const next = takeByte(input)
    if (next === 0) return fromHex(hex)
    if (next !== 0xff) refuse('00 followed by neither 00 nor ff')
    hex += '00'
  }
}

function scaled(decimal: string, scale: number): string {
  const [whole = '', fraction = ''] = decimal.split('.')
  if (fraction.length > scale) refuse('more fraction digits than the scale')
  return scale === 0 ? whole : `${whole}.${fraction.padEnd(scale, '0')}`
}

export function formatUuid(bytes: Uint8Array): string {
  return toHex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

/** The value, if it is the canonical one of its column. */
export function strict(type: ColumnType, value: Scalar & { readonly text: string }): Scalar {
  const found = canonical(type, value, Number.POSITIVE_INFINITY)
  return typeof found === 'object' && found !== null && 'text' in found && found.text === value.text ? found : refuse('not canonical')
}
