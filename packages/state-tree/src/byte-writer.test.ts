import { toHex } from '@foldb/abi'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ByteReader } from './byte-reader.ts'
import { ByteWriter } from './byte-writer.ts'

function written(write: (writer: ByteWriter) => void): string {
  const writer = new ByteWriter()
  write(writer)
  return toHex(writer.take())
}

const INT64 = fc.oneof(
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.constantFrom(-(2n ** 63n), 2n ** 63n - 1n, -(2n ** 53n), 2n ** 53n, 2n ** 52n, -(2n ** 52n), -1n, 0n),
)

describe('ByteWriter', () => {
  it('writes varints in their shortest form', () => {
    const forms: [number | bigint, string][] = [
      [0, '00'],
      [127, '7f'],
      [128, '8001'],
      [16_383, 'ff7f'],
      [16_384, '808001'],
      [2 ** 32, '8080808010'],
      [2 ** 53 - 1, 'ffffffffffffff0f'],
      [2n ** 53n, '8080808080808010'],
      [2n ** 64n - 1n, 'ffffffffffffffffff01'],
    ]
    for (const [value, hex] of forms) expect(written((writer) => writer.varint(value))).toBe(hex)
  })

  it('writes a number and the bigint of it alike', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (value) => {
        expect(written((writer) => writer.zigzag(value))).toBe(written((writer) => writer.zigzag(BigInt(value))))
        expect(written((writer) => writer.int64(value))).toBe(written((writer) => writer.int64(BigInt(value))))
      }),
    )
  })

  it('writes 64-bit integers as a DataView does', () => {
    fc.assert(
      fc.property(INT64, (value) => {
        const view = new DataView(new ArrayBuffer(8))
        view.setBigInt64(0, value)
        expect(written((writer) => writer.int64(value))).toBe(toHex(new Uint8Array(view.buffer)))
      }),
    )
  })

  it('writes integers that a reader reads', () => {
    fc.assert(
      fc.property(INT64, (value) => {
        const writer = new ByteWriter()
        writer.zigzag(value)
        writer.int64(value)
        const reader = new ByteReader(writer.take(), 'bad-row')
        expect(BigInt(reader.zigzag())).toBe(value)
        expect(reader.int64()).toBe(value)
        reader.expectEnd()
      }),
    )
  })

  it('writes text as its length and UTF-8, short or long, ASCII or not', () => {
    for (const text of [
      '',
      'a',
      '\u007f',
      '\u0080',
      'aé',
      'é'.repeat(64),
      'a'.repeat(126),
      'a'.repeat(127),
      'a'.repeat(128),
      `${'a'.repeat(126)}é`,
      'a'.repeat(300),
    ]) {
      const bytes = new TextEncoder().encode(text)
      const plain = written((writer) => writer.sized(bytes))
      expect(written((writer) => writer.text(text))).toBe(plain)
      expect(
        written((writer) => {
          writer.raw(new Uint8Array(250))
          writer.text(text)
        }).slice(500),
      ).toBe(plain)
    }
  })

  it('grows, and is empty after it was taken or cleared', () => {
    const writer = new ByteWriter()
    const bytes = new Uint8Array(10_000).fill(7)
    writer.byte(1)
    writer.raw(bytes)
    writer.raw(bytes)
    expect(writer.length).toBe(20_001)
    expect(writer.take()).toEqual(Uint8Array.from([1, ...bytes, ...bytes]))
    expect(writer.length).toBe(0)
    writer.uint16(0xabcd)
    writer.clear()
    writer.text('é')
    expect(toHex(writer.take())).toBe('02c3a9')
  })
})
