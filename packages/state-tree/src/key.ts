/** Keys whose bytes sort as PostgreSQL sorts the values under collation C, nulls last. protocol.md §8. */
import { type ColumnType, FoldbError, type Row, type Table, type Value } from '@foldb/abi'
import { ByteWriter } from './byte-writer.ts'
import { daysOfDate, microsOfTimestamptz } from './calendar.ts'
import { bitsOfFloat } from './float-bytes.ts'
import { writeNumericKey } from './numeric-key.ts'
import { tableLayout } from './table-layout.ts'
import { encodeUtf8 } from './utf8.ts'
import { bytesOfUuid } from './uuid.ts'

export const PRESENT = 0x01
export const ABSENT = 0xff
export const SIGN_BIT: bigint = 1n << 63n

const writer = new ByteWriter()

/**
 * The key of a table (from 0) and one of its indexes (0 = primary key), with one canonical value for each type; with fewer values, the
 * prefix that all longer keys share.
 * @throws FoldbError `bad-key` for more values than types, and for a jsonb column.
 *
 * @example
 * toHex(encodeKey(0, 0, ['integer'], [5])) // '00000000018000000000000005'
 */
export function encodeKey(table: number, index: number, types: readonly ColumnType[], values: readonly Value[]): Uint8Array {
  if (values.length > types.length) throw new FoldbError('bad-key', `expected at most ${types.length} values, got ${values.length}`)
  writer.clear()
  writer.uint16(table)
  writer.uint16(index)
  for (let i = 0; i < values.length; i++) writeKeyPart(types[i]!, values[i]!)
  return writer.take()
}

/** The primary key of a row: what it is found under in the tree. */
export function rowKey(tableNumber: number, table: Table, row: Row): Uint8Array {
  const { keyColumns, keyTypes } = tableLayout(table)
  return encodeColumns(tableNumber, 0, keyColumns, keyTypes, row)
}

/** The entry of a row in a secondary index (from 1): the index columns, then those of the primary key. */
export function indexKey(tableNumber: number, indexNumber: number, table: Table, row: Row): Uint8Array {
  const layout = tableLayout(table).indexes[indexNumber - 1]
  if (layout === undefined) throw new FoldbError('bad-key', `expected an index from 1 to ${table.indexes.length}, got ${indexNumber}`)
  return encodeColumns(tableNumber, indexNumber, layout.columns, layout.types, row)
}

function encodeColumns(table: number, index: number, columns: readonly number[], types: readonly ColumnType[], row: Row): Uint8Array {
  writer.clear()
  writer.uint16(table)
  writer.uint16(index)
  for (let i = 0; i < columns.length; i++) writeKeyPart(types[i]!, row[columns[i]!]!)
  return writer.take()
}

function writeKeyPart(type: ColumnType, value: Value): void {
  if (value === null) {
    writer.byte(ABSENT)
    return
  }
  writer.byte(PRESENT)
  if (typeof type === 'object') {
    writeNumericKey(writer, value as string)
    return
  }
  switch (type) {
    case 'boolean':
      writer.byte(value === true ? 1 : 0)
      return
    case 'smallint':
    case 'integer':
    case 'bigint':
      writeInteger(value as number | bigint)
      return
    case 'date':
      writeInteger(daysOfDate(value as string))
      return
    case 'timestamptz':
      writeInteger(microsOfTimestamptz(value as string))
      return
    case 'double-precision':
      writeFloat(value as number)
      return
    case 'text':
      writeEscaped(encodeUtf8(value as string))
      return
    case 'bytea':
      writeEscaped(value as Uint8Array)
      return
    case 'uuid':
      writer.raw(bytesOfUuid(value as string))
      return
    case 'jsonb':
      throw new FoldbError('bad-key', 'expected a column type that has an order, got jsonb')
  }
}

/** Two's complement with the sign bit flipped, so that negative numbers come first. */
function writeInteger(value: number | bigint): void {
  const at = writer.length
  writer.int64(value)
  writer.flip(at, 0x80)
}

/** Positive doubles with the sign bit set, negative ones complemented: NaN is the greatest. */
function writeFloat(value: number): void {
  const bits = bitsOfFloat(value)
  writer.int64(bits >= SIGN_BIT ? ~bits : bits | SIGN_BIT)
}

/** 0x00 as 0x00 0xFF, closed by 0x00 0x00: a prefix sorts before what it begins. */
function writeEscaped(bytes: Uint8Array): void {
  for (const byte of bytes) {
    writer.byte(byte)
    if (byte === 0) writer.byte(0xff)
  }
  writer.byte(0)
  writer.byte(0)
}
