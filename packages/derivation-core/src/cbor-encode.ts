/** Encodes any tree of values as the CBOR of protocol.md §2. */
import { compareBytes } from '@foldb/state-tree'
import { CBOR_DEPTH_MAX, type CborValue } from './cbor-value.ts'
import { CborWriter } from './cbor-writer.ts'
import { encodeUtf8 } from './utf8.ts'

/**
 * Canonical bytes of a value; −0 is written as 0.
 * @throws FoldbError `bad-cbor` for NaN, infinities, integers beyond 64 bits, lone surrogates and nesting beyond 64.
 * @example
 * encodeCbor({ b: 1, a: [true, null] }) // a2 61 61 82 f5 f6 61 62 01
 */
export function encodeCbor(value: CborValue): Uint8Array {
  const writer = new CborWriter('bad-cbor')
  write(writer, value, '$', 0)
  return writer.take()
}

function write(writer: CborWriter, value: CborValue, path: string, depth: number): void {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return writer.scalar(value, path)
  if (depth >= CBOR_DEPTH_MAX) writer.fail(path, `nesting of at most ${CBOR_DEPTH_MAX}`, 'more')
  if (Array.isArray(value)) {
    writer.head(4, value.length)
    for (let i = 0; i < value.length; i++) write(writer, value[i] as CborValue, `${path}[${i}]`, depth + 1)
    return
  }
  const entries = value instanceof Map ? [...value] : Object.entries(value as Record<string, CborValue>)
  writeMap(writer, entries as [string, CborValue][], path, depth)
}

function writeMap(writer: CborWriter, entries: readonly [string, CborValue][], path: string, depth: number): void {
  const keyed = entries.map(([key, value]) => ({
    key,
    value,
    bytes: encodeUtf8(key) ?? writer.fail(path, 'well-formed map keys', 'a lone surrogate'),
  }))
  keyed.sort((a, b) => a.bytes.length - b.bytes.length || compareBytes(a.bytes, b.bytes))
  writer.head(5, keyed.length)
  for (const { key, value, bytes } of keyed) {
    writer.head(3, bytes.length)
    writer.raw(bytes)
    write(writer, value, `${path}.${key}`, depth + 1)
  }
}
