/** Reads keys back into canonical values; strict. protocol.md §8. */
import type { ColumnType, Value } from '@foldb/abi'
import { integerOf } from '@foldb/abi'
import { ByteReader } from './byte-reader.ts'
import { DAYS_MAX, DAYS_MIN, dateOfDays, MICROS_MAX, MICROS_MIN, timestamptzOfMicros } from './calendar.ts'
import { fitsIntegerType } from './canonical-value.ts'
import { floatOfBits } from './float-bytes.ts'
import { ABSENT, PRESENT, SIGN_BIT } from './key.ts'
import { readNumericKey } from './numeric-key.ts'
import { decodeUtf8 } from './utf8.ts'
import { uuidOfBytes } from './uuid.ts'

export interface DecodedKey {
  readonly table: number
  readonly index: number
  readonly values: readonly Value[]
}

/**
 * The parts of a key that holds a value for each type.
 * @throws FoldbError `bad-key` with the byte offset, for anything that `encodeKey` would not have written.
 */
export function decodeKey(types: readonly ColumnType[], key: Uint8Array): DecodedKey {
  const reader = new ByteReader(key, 'bad-key')
  const table = reader.uint16()
  const index = reader.uint16()
  const values = types.map((type) => readKeyPart(reader, type))
  reader.expectEnd()
  return { table, index, values }
}

function readKeyPart(reader: ByteReader, type: ColumnType): Value {
  const start = reader.offset
  const mark = reader.byte()
  if (mark === ABSENT) return null
  if (mark !== PRESENT) reader.refuse(`expected 1 or 255 before a value, got ${mark}`, start)
  if (typeof type === 'object') return readDecimal(reader, type.numeric)
  switch (type) {
    case 'boolean':
      return readBoolean(reader)
    case 'smallint':
    case 'integer':
    case 'bigint': {
      const value = integerOf(readInteger(reader))
      if (!fitsIntegerType(type, value)) reader.refuse(`expected a value of type ${type}, got ${value}`, start)
      return value
    }
    case 'date': {
      const days = readInteger(reader)
      if (days < DAYS_MIN || days > DAYS_MAX) reader.refuse(`expected days within years 1 to 9999, got ${days}`, start)
      return dateOfDays(Number(days))
    }
    case 'timestamptz': {
      const micros = readInteger(reader)
      if (micros < MICROS_MIN || micros > MICROS_MAX) reader.refuse(`expected microseconds within years 1 to 9999, got ${micros}`, start)
      return timestamptzOfMicros(micros)
    }
    case 'double-precision':
      return readFloat(reader)
    case 'text':
      return readText(reader)
    case 'bytea':
      return readEscaped(reader)
    case 'uuid':
      return uuidOfBytes(reader.take(16))
    case 'jsonb':
      return reader.refuse('expected a column type that has an order, got jsonb', start)
  }
}

function readDecimal(reader: ByteReader, decimal: { precision: number; scale: number }): string {
  const start = reader.offset
  const text = readNumericKey(reader, decimal.scale)
  const integer = text.replace(/^-/, '').replace(/\..*$/, '')
  if (integer !== '0' && integer.length > decimal.precision - decimal.scale) {
    reader.refuse(`expected at most ${decimal.precision} digits`, start)
  }
  return text
}

function readBoolean(reader: ByteReader): boolean {
  const value = reader.byte()
  if (value > 1) reader.refuse(`expected 0 or 1, got ${value}`, reader.offset - 1)
  return value === 1
}

function readInteger(reader: ByteReader): bigint {
  return BigInt.asIntN(64, reader.int64() ^ SIGN_BIT)
}

function readFloat(reader: ByteReader): number {
  const start = reader.offset
  const bits = BigInt.asUintN(64, reader.int64())
  const value = floatOfBits(bits >= SIGN_BIT ? bits ^ SIGN_BIT : ~bits)
  return value ?? reader.refuse('expected no −0 and the one NaN', start)
}

function readText(reader: ByteReader): string {
  const start = reader.offset
  const text = decodeUtf8(readEscaped(reader))
  if (text === undefined || text.includes('\0')) reader.refuse('expected well-formed UTF-8 without U+0000', start)
  return text
}

function readEscaped(reader: ByteReader): Uint8Array {
  const bytes: number[] = []
  for (;;) {
    const byte = reader.byte()
    if (byte !== 0) {
      bytes.push(byte)
      continue
    }
    const next = reader.byte()
    if (next === 0) return Uint8Array.from(bytes)
    if (next !== 0xff) reader.refuse(`expected 0 or 255 after a 0, got ${next}`, reader.offset - 1)
    bytes.push(0)
  }
}
