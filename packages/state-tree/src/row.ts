/** Rows as bytes: a null bitmap and the values that the key does not hold, typed by the schema. protocol.md §9. */
import { type ColumnType, DbError, FoldbError, type Row, type Table, type Value } from '@foldb/abi'
import { ByteReader } from './byte-reader.ts'
import { ByteWriter } from './byte-writer.ts'
import { DAYS_MAX, DAYS_MIN, dateOfDays, daysOfDate, MICROS_MAX, MICROS_MIN, microsOfTimestamptz, timestamptzOfMicros } from './calendar.ts'
import { canonicalValue, fitsIntegerType } from './canonical-value.ts'
import { bitsOfFloat, floatOfBits } from './float-bytes.ts'
import { decodeKey } from './key-reader.ts'
import { tableLayout } from './table-layout.ts'
import { decodeUtf8 } from './utf8.ts'
import { bytesOfUuid, uuidOfBytes } from './uuid.ts'

const writer = new ByteWriter()

/**
 * The bytes of a row of canonical values, without the columns of its primary key.
 *
 * @example
 * // columns: id integer (key), name text, hp integer or null
 * toHex(encodeRow(table, [5, 'orc', null])) // '02036f7263'
 */
export function encodeRow(table: Table, row: Row): Uint8Array {
  const { rowColumns } = tableLayout(table)
  writer.clear()
  for (let i = 0; i < rowColumns.length; i += 8) {
    let nulls = 0
    for (let bit = 0; bit < 8 && i + bit < rowColumns.length; bit++) if (row[rowColumns[i + bit]!] === null) nulls |= 1 << bit
    writer.byte(nulls)
  }
  for (const column of rowColumns) {
    const value = row[column]!
    if (value !== null) writeValue(table.columns[column]!.type, value)
  }
  return writer.take()
}

function writeValue(type: ColumnType, value: Value): void {
  switch (typeof type === 'object' ? 'numeric' : type) {
    case 'boolean':
      writer.byte(value === true ? 1 : 0)
      return
    case 'smallint':
    case 'integer':
    case 'bigint':
      writer.zigzag(value as number | bigint)
      return
    case 'date':
      writer.zigzag(daysOfDate(value as string))
      return
    case 'timestamptz':
      writer.zigzag(microsOfTimestamptz(value as string))
      return
    case 'double-precision':
      writer.int64(bitsOfFloat(value as number))
      return
    case 'uuid':
      writer.raw(bytesOfUuid(value as string))
      return
    case 'bytea':
      writer.sized(value as Uint8Array)
      return
    case 'numeric':
    case 'text':
    case 'jsonb':
      writer.text(value as string)
  }
}

/**
 * The values of a row, from its primary key and the bytes beside it.
 * @throws FoldbError `bad-key` or `bad-row` with the byte offset, for anything that `rowKey` and `encodeRow` would not have written.
 */
export function decodeRow(table: Table, key: Uint8Array, row: Uint8Array): Row {
  const { keyColumns, keyTypes, rowColumns } = tableLayout(table)
  const decoded = decodeKey(keyTypes, key)
  if (decoded.index !== 0 || decoded.values.includes(null)) {
    throw new FoldbError('bad-key', `expected a primary key without nulls, got index ${decoded.index}`, { fields: { offset: 2 } })
  }
  const values: Value[] = Array.from<Value>({ length: table.columns.length }).fill(null)
  keyColumns.forEach((column, i) => (values[column] = decoded.values[i]!))
  const reader = new ByteReader(row, 'bad-row')
  const nulls = reader.take((rowColumns.length + 7) >> 3)
  rowColumns.forEach((column, i) => {
    const { type, nullable } = table.columns[column]!
    const isNull = ((nulls[i >> 3]! >> (i & 7)) & 1) === 1
    if (isNull && !nullable) reader.refuse(`expected a value in column ${column}, got null`, i >> 3)
    values[column] = isNull ? null : readValue(reader, type)
  })
  if (nulls.length > 0 && nulls.at(-1)! >> (((rowColumns.length - 1) & 7) + 1) !== 0) {
    reader.refuse('expected unused bits to be 0', nulls.length - 1)
  }
  reader.expectEnd()
  return values
}

function readValue(reader: ByteReader, type: ColumnType): Value {
  const start = reader.offset
  switch (typeof type === 'object' ? 'numeric' : type) {
    case 'boolean': {
      const value = reader.byte()
      if (value > 1) reader.refuse(`expected 0 or 1, got ${value}`, start)
      return value === 1
    }
    case 'smallint':
    case 'integer':
    case 'bigint': {
      const value = reader.zigzag()
      if (!fitsIntegerType(type as 'bigint', value)) reader.refuse(`expected a value of type ${type as string}, got ${value}`, start)
      return value
    }
    case 'date': {
      const days = reader.zigzag()
      if (days < DAYS_MIN || days > DAYS_MAX) reader.refuse(`expected days within years 1 to 9999, got ${days}`, start)
      return dateOfDays(Number(days))
    }
    case 'timestamptz': {
      const micros = BigInt(reader.zigzag())
      if (micros < MICROS_MIN || micros > MICROS_MAX) reader.refuse(`expected microseconds within years 1 to 9999, got ${micros}`, start)
      return timestamptzOfMicros(micros)
    }
    case 'double-precision':
      return floatOfBits(reader.int64()) ?? reader.refuse('expected no −0 and the one NaN', start)
    case 'uuid':
      return uuidOfBytes(reader.take(16))
    case 'bytea':
      return reader.sized().slice()
    case 'numeric':
    case 'text':
    case 'jsonb':
      return readText(reader, type, start)
  }
}

/** Text that is canonical for its column already. */
function readText(reader: ByteReader, type: ColumnType, start: number): string {
  const text = decodeUtf8(reader.sized())
  if (text === undefined) return reader.refuse('expected well-formed UTF-8', start)
  try {
    if (canonicalValue(type, text, Number.POSITIVE_INFINITY) === text) return text
  } catch (error) {
    if (!DbError.is(error)) throw error
  }
  return reader.refuse('expected canonical text', start)
}
