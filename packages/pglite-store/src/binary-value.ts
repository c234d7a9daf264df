/** Canonical values in PostgreSQL's binary formats, as COPY and binary parameters carry them. */
import { type ColumnType, Fault, type Value } from '@foldb/abi'
import { writeNumeric } from './binary-numeric.ts'
import { pgDays, pgMicroseconds } from './binary-time.ts'
import type { WireWriter } from './wire-writer.ts'

type Write = (writer: WireWriter, value: Value) => void

const WRITERS: Readonly<Record<Exclude<ColumnType, object>, Write>> = {
  boolean: (writer, value) => (typeof value === 'boolean' ? writer.uint8(value ? 1 : 0) : wrong('a boolean', value)),
  smallint: (writer, value) => writer.int16(intOf(value, -32_768, 32_767)),
  integer: (writer, value) => writer.int32(intOf(value, -2_147_483_648, 2_147_483_647)),
  bigint: (writer, value) => writer.int64(bigintOf(value)),
  'double-precision': (writer, value) => (typeof value === 'number' ? writeFloat(writer, value) : wrong('a number', value)),
  text: (writer, value) => writer.text(textOf(value)),
  bytea: (writer, value) => (value instanceof Uint8Array ? writer.raw(value) : wrong('bytes', value)),
  uuid: (writer, value) => writeUuid(writer, textOf(value)),
  date: (writer, value) => writer.int32(pgDays(textOf(value))),
  timestamptz: (writer, value) => writer.int64(pgMicroseconds(textOf(value))),
  jsonb: (writer, value) => {
    writer.uint8(1)
    writer.text(textOf(value))
  },
}

const writeDecimal: Write = (writer, value) => writeNumeric(writer, textOf(value))

/** The writer of a column's values (null aside): the body alone, without its length. */
export function binaryWriter(type: ColumnType): Write {
  return typeof type === 'object' ? writeDecimal : WRITERS[type]
}

/** A length and the value, or −1 for null. */
export function writeField(writer: WireWriter, write: Write, value: Value): void {
  if (value === null) return writer.int32(-1)
  const start = writer.open()
  write(writer, value)
  writer.close(start)
}

function writeFloat(writer: WireWriter, value: number): void {
  if (Number.isNaN(value)) writer.int64(0x7ff8_0000_0000_0000n)
  else writer.float64(value)
}

function writeUuid(writer: WireWriter, text: string): void {
  const hex = text.replaceAll('-', '')
  if (!/^[0-9a-f]{32}$/.test(hex)) wrong('a uuid', text)
  for (let i = 0; i < 32; i += 2) writer.uint8(Number.parseInt(hex.slice(i, i + 2), 16))
}

function intOf(value: Value, min: number, max: number): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max)
    return wrong(`an integer from ${min} to ${max}`, value)
  return value
}

function bigintOf(value: Value): bigint {
  const whole = typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : value
  if (typeof whole !== 'bigint' || BigInt.asIntN(64, whole) !== whole) return wrong('an integer of 64 bits', value)
  return whole
}

function textOf(value: Value): string {
  return typeof value === 'string' ? value : wrong('a text', value)
}

function wrong(expected: string, got: unknown): never {
  throw new Fault('bad-mirror-value', `expected ${expected}, got ${typeof got} ${String(got).slice(0, 80)}; rows must be canonical`)
}
