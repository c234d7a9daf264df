import { type ColumnType, toHex, type Value } from '@foldb/abi'
import { describe, expect, it } from 'vitest'
import { binaryWriter, writeField } from './binary-value.ts'
import { WireWriter } from './wire-writer.ts'

function encode(type: ColumnType, value: Value): string {
  const writer = new WireWriter()
  writeField(writer, binaryWriter(type), value)
  return toHex(writer.take())
}

const money: ColumnType = { numeric: { precision: 30, scale: 6 } }

describe('binary values', () => {
  it.each<[ColumnType, Value, string]>([
    ['boolean', true, '00000001' + '01'],
    ['smallint', -2, '00000002' + 'fffe'],
    ['integer', 1, '00000004' + '00000001'],
    ['bigint', -(2n ** 63n), '00000008' + '8000000000000000'],
    ['bigint', 5, '00000008' + '0000000000000005'],
    ['double-precision', Number.NaN, '00000008' + '7ff8000000000000'],
    ['double-precision', 1, '00000008' + '3ff0000000000000'],
    ['text', 'ü', '00000002' + 'c3bc'],
    ['bytea', Uint8Array.of(0, 255), '00000002' + '00ff'],
    ['date', '2000-01-01', '00000004' + '00000000'],
    ['date', '1999-12-31', '00000004' + 'ffffffff'],
    ['timestamptz', '2000-01-01 00:00:01.5+00', '00000008' + '000000000016e360'],
    ['timestamptz', '1999-12-31 23:59:59.999999+00', '00000008' + 'ffffffffffffffff'],
    ['jsonb', '1', '00000002' + '0131'],
    [money, '0.000000', '00000008' + '0000' + '0000' + '0000' + '0006'],
    [money, '-12345.000001', '00000010' + '0004' + '0001' + '4000' + '0006' + '0001' + '0929' + '0000' + '0064'],
    [money, '0.000100', '0000000a' + '0001' + 'ffff' + '0000' + '0006' + '0001'],
    [money, '10000', '0000000a' + '0001' + '0001' + '0000' + '0000' + '0001'],
    ['uuid', '00112233-4455-6677-8899-aabbccddeeff', '00000010' + '00112233445566778899aabbccddeeff'],
    ['integer', null, 'ffffffff'],
  ])('writes case %#', (type, value, hex) => {
    expect(encode(type, value)).toBe(hex)
  })

  it.each<[ColumnType, Value]>([
    ['boolean', 1],
    ['smallint', 32_768],
    ['smallint', -32_769],
    ['integer', 1.5],
    ['integer', 2 ** 31],
    ['bigint', 2n ** 63n],
    ['bigint', 0.5],
    ['bigint', '1'],
    ['double-precision', 1n],
    ['text', 1],
    ['bytea', 'x'],
    ['uuid', '00112233445566778899aabbccddee'],
    ['uuid', 'AA112233-4455-6677-8899-aabbccddeeff'],
    ['date', '2000-1-1'],
    ['date', '2000-01-01 BC'],
    ['timestamptz', '2000-01-01T00:00:00Z'],
    ['timestamptz', '2000-01-01 00:00:00+01'],
    ['jsonb', 1],
    [money, 'NaN'],
    [money, '1e5'],
    [money, 1],
  ])('refuses case %# as a fault', (type, value) => {
    expect(() => encode(type, value)).toThrow(expect.objectContaining({ name: 'Fault', code: 'bad-mirror-value' }) as Error)
  })
})
