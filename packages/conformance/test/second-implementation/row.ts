/** Rows: protocol.md §9, and the entries that a row gives: §10. */
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
  takeVarint,
  toFloat,
  u8,
  utf8,
  varint,
  type Reader,
} from './bytes.ts'
import { number, type Scalar } from './cbor.ts'
import { formatDate, formatTimestamp, parseDate, parseTimestamp } from './calendar.ts'
import { canonical } from './canonical-value.ts'
import type { Column, ColumnType, Table } from './column-type.ts'
import { decodeKey, encodeKey, formatUuid, strict } from './key.ts'

export type Row = readonly Scalar[]
export type Stored = Pick<Table, 'columns' | 'primary-key'>

export const pick = <T>(values: readonly T[], columns: readonly number[]): T[] => columns.map((column) => values[column] as T)
const typesOf = (table: Stored, columns: readonly number[]): ColumnType[] => pick(table.columns, columns).map(({ type }) => type)

export function primaryKey(tableNumber: number, table: Stored, row: Row): Uint8Array {
  return encodeKey(tableNumber, 0, typesOf(table, table['primary-key']), pick(row, table['primary-key']))
}

/** The key of an index entry: its columns, then those of the primary key. */
export function indexKey(tableNumber: number, indexNumber: number, table: Table, row: Row): Uint8Array {
  const columns = [...(table.indexes[indexNumber - 1]?.columns ?? refuse('no index')), ...table['primary-key']]
  return encodeKey(tableNumber, indexNumber, typesOf(table, columns), pick(row, columns))
}

const beside = ({ columns, 'primary-key': key }: Stored): [Column, number][] =>
  columns.map((column, i): [Column, number] => [column, i]).filter(([, i]) => !key.includes(i))

export function encodeRow(table: Stored, row: Row): Uint8Array {
  const rest = beside(table).map(([{ type }, i]) => ({ type, value: row[i] ?? null }))
  return concat(
    bitmap(rest.map(({ value }) => value === null)),
    ...rest.map(({ type, value }) => (value === null ? new Uint8Array() : content(type, value))),
  )
}

function bitmap(bits: readonly boolean[]): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(bits.length / 8))
  for (const [i, bit] of bits.entries()) if (bit) bytes[i >> 3] = (bytes[i >> 3] ?? 0) | (1 << (i & 7))
  return bytes
}

const zigzag = (value: bigint): Uint8Array => varint(value >= 0n ? 2n * value : -2n * value - 1n)
const counted = (bytes: Uint8Array): Uint8Array => concat(varint(BigInt(bytes.length)), bytes)

function content(type: ColumnType, value: Exclude<Scalar, null>): Uint8Array {
  if (typeof value === 'boolean') return u8(value ? 1 : 0)
  if ('float' in value) return floatBytes(value.float)
  if ('integer' in value) return type === 'double-precision' ? floatBytes(Number(value.integer)) : zigzag(value.integer)
  if ('bytes' in value) return counted(value.bytes)
  if (type === 'uuid') return fromHex(value.text.replaceAll('-', ''))
  if (type === 'date') return zigzag(parseDate(value.text))
  return type === 'timestamptz' ? zigzag(parseTimestamp(value.text)) : counted(utf8(value.text))
}

export function decodeRow(table: Stored, key: Uint8Array, bytes: Uint8Array): Scalar[] {
  if (key[2] !== 0 || key[3] !== 0) refuse('no primary key')
  const values: Scalar[] = table.columns.map(() => null)
  const found = decodeKey(typesOf(table, table['primary-key']), key, false)
  for (const [i, column] of table['primary-key'].entries()) values[column] = found[i] ?? null
  const rest = beside(table)
  const input = reader(bytes)
  const bits = take(input, Math.ceil(rest.length / 8))
  const nulls = rest.map((_, i) => (((bits[i >> 3] ?? 0) >> (i & 7)) & 1) === 1)
  if (!equal(bitmap(nulls), bits)) refuse('unused bits')
  for (const [i, [column, at]] of rest.entries()) {
    if (nulls[i] === true && !column.nullable) refuse('null')
    values[at] = nulls[i] === true ? null : takeContent(column.type, input)
  }
  finish(input)
  return values
}

function takeContent(type: ColumnType, input: Reader): Scalar {
  if (type === 'boolean') return [false, true][takeByte(input)] ?? refuse('no boolean')
  if (type === 'double-precision') return takeFloat(input)
  if (type === 'uuid') return { text: formatUuid(take(input, 16)) }
  if (type === 'bytea') return { bytes: take(input, takeVarint(input)) }
  if (type === 'text' || type === 'jsonb' || typeof type === 'object')
    return strict(type, { text: fromUtf8(take(input, takeVarint(input))) })
  const raw = takeVarint(input)
  const integer = raw % 2n === 0n ? raw / 2n : -(raw + 1n) / 2n
  if (type === 'date') return { text: formatDate(integer) }
  return type === 'timestamptz' ? { text: formatTimestamp(integer) } : canonical(type, { integer })
}

function takeFloat(input: Reader): Scalar {
  const bytes = take(input, 8)
  const float = toFloat(bytes)
  if (Object.is(float, -0) || !equal(floatBytes(float), bytes)) refuse('float that is not canonical')
  return number(float)
}
