/** Decodes the CBOR of protocol.md §2; whatever it accepts is what the encoder would have written. */
import { CborReader } from './cbor-reader.ts'
import { CBOR_DEPTH_MAX, type CborValue } from './cbor-value.ts'

export interface CborLimits {
  /** Bytes of the whole. */
  readonly bytes?: number
  /** Nesting of arrays and maps, at most 64. */
  readonly depth?: number
}

/**
 * The value of canonical bytes. Maps come back as records without a prototype, integers beyond ±(2^53−1) as bigint.
 * @throws FoldbError `bad-cbor` with `fields.offset`, `expected` and `got`.
 */
export function decodeCbor(bytes: Uint8Array, limits: CborLimits = {}): CborValue {
  const reader = new CborReader(bytes, 'bad-cbor')
  const size = limits.bytes ?? Number.MAX_SAFE_INTEGER
  if (bytes.length > size) reader.fail(`at most ${size} bytes`, `${bytes.length}`)
  const value = read(reader, Math.min(limits.depth ?? CBOR_DEPTH_MAX, CBOR_DEPTH_MAX))
  reader.end()
  return value
}

function read(reader: CborReader, depth: number): CborValue {
  const major = (reader.bytes[reader.at] ?? 0) >> 5
  if (major !== 4 && major !== 5) return reader.scalar(reader.bytes.length)
  if (depth === 0) reader.fail('less nesting', reader.describe())
  return major === 4 ? readArray(reader, depth - 1) : readMap(reader, depth - 1)
}

function readArray(reader: CborReader, depth: number): CborValue[] {
  const count = reader.count(4, 'an array', 1)
  const items: CborValue[] = []
  for (let i = 0; i < count; i++) items.push(read(reader, depth))
  return items
}

function readMap(reader: CborReader, depth: number): Record<string, CborValue> {
  const count = reader.count(5, 'a map', 2)
  const record: Record<string, CborValue> = Object.create(null)
  let previous = -1
  for (let i = 0; i < count; i++) {
    const start = reader.at
    const key = reader.key(previous, reader.bytes.length)
    previous = start
    record[key] = read(reader, depth)
  }
  return record
}
