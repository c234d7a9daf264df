import { FoldbError, fromHex } from '@foldb/abi'
import { describe, expect, it } from 'vitest'
import { ByteReader } from './byte-reader.ts'

const reader = (hex: string): ByteReader => new ByteReader(fromHex(hex), 'bad-row')

describe('ByteReader', () => {
  it('reads varints up to 2^64−1', () => {
    expect(reader('00').varint()).toBe(0n)
    expect(reader('8001').varint()).toBe(128n)
    expect(reader('ffffffffffffffffff01').varint()).toBe(2n ** 64n - 1n)
  })

  it('gives integers in their one form', () => {
    expect(reader('feffffffffffff1f').zigzag()).toBe(2 ** 53 - 1)
    expect(reader('fdffffffffffff1f').zigzag()).toBe(-(2 ** 53 - 1))
    expect(reader('ffffffffffffff1f').zigzag()).toBe(-(2n ** 53n))
    expect(reader('8080808080808020').zigzag()).toBe(2n ** 53n)
    expect(reader('00').zigzag()).toBe(0)
  })

  it.each(['8000', '818000', '80', '80808080808080808002', '8080808080808080808000', 'ffffffffffffffffffff01'])(
    'refuses the varint %s',
    (hex) => {
      expect(() => reader(hex).varint()).toThrow(/varint|more bytes/)
    },
  )

  it('says where it stopped', () => {
    const cursor = reader('0102ff')
    cursor.byte()
    try {
      cursor.sized()
      cursor.sized()
      expect.unreachable()
    } catch (error) {
      expect(FoldbError.is(error) && error.code).toBe('bad-row')
      expect(FoldbError.is(error) && error.fields.offset).toBe(1)
      expect(String(error)).toContain('bad-row at byte 1: expected at most 1 bytes, got a length of 2')
    }
  })

  it('refuses a length before it allocates', () => {
    expect(() => reader('ffffffffffffffffff01').sized()).toThrow('expected at most 0 bytes, got a length of 18446744073709551615')
  })

  it('refuses bytes that are left', () => {
    const cursor = reader('0102')
    cursor.byte()
    expect(cursor.done).toBe(false)
    expect(() => cursor.expectEnd()).toThrow('expected the end, got 1 more bytes')
    cursor.byte()
    expect(cursor.done).toBe(true)
    cursor.expectEnd()
  })
})
