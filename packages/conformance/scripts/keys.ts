/** Writes vectors/keys.json and invalid/keys.json: node --conditions=@foldb/source packages/conformance/scripts/keys.ts */
import type { ColumnType, Value } from '@foldb/abi'
import { encodeKey } from '@foldb/state-tree'
import { hex, tag, TAGGED, writeVectors } from './vector-file.ts'

const numeric = (precision: number, scale: number): ColumnType => ({ numeric: { precision, scale } })

const single: readonly (readonly [ColumnType, readonly Value[]])[] = [
  ['boolean', [false, true, null]],
  ['smallint', [-32_768, -1, 0, 1, 32_767, null]],
  ['integer', [-(2 ** 31), -1, 0, 5, 2 ** 31 - 1]],
  ['bigint', [-(2n ** 63n), -(2n ** 53n), -(2 ** 53 - 1), -(2 ** 32), -1, 0, 2 ** 32, 2 ** 53 - 1, 2n ** 53n, 2n ** 63n - 1n]],
  ['double-precision', [Number.NEGATIVE_INFINITY, -1.5, -5e-324, 0, 5e-324, 1.5, Number.POSITIVE_INFINITY, Number.NaN, null]],
  ['text', ['', '\u0001', 'a', 'ab', 'a\u0001', 'é', '\ufeff', '\uffff', '😀', null]],
  ['bytea', [[], [0], [0, 0], [0, 1], [0, 255], [1], [255]].map((bytes) => Uint8Array.from(bytes))],
  ['uuid', ['00000000-0000-0000-0000-000000000000', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 'ffffffff-ffff-ffff-ffff-ffffffffffff']],
  ['date', ['0001-01-01', '1969-12-31', '1970-01-01', '1970-01-02', '2024-02-29', '9999-12-31']],
  [
    'timestamptz',
    [
      '0001-01-01 00:00:00+00',
      '1969-12-31 23:59:59.999999+00',
      '1970-01-01 00:00:00+00',
      '2024-02-29 10:00:00.5+00',
      '2262-04-11 23:47:16.854775+00',
      '9999-12-31 23:59:59.999999+00',
    ],
  ],
  [
    numeric(8, 2),
    [
      '-999999.99',
      '-120.50',
      '-100.00',
      '-99.99',
      '-1.00',
      '-0.01',
      '0.00',
      '0.01',
      '0.10',
      '0.99',
      '1.00',
      '1.01',
      '9.00',
      '10.00',
      '12.00',
      '100.00',
      '120.50',
      '999999.99',
      null,
    ],
  ],
  [numeric(8, 4), ['-0.0012', '0.0001', '0.0010', '0.0012', '0.0120', '1.0000']],
  [numeric(1000, 0), ['0', '9'.repeat(1000), `1${'0'.repeat(999)}`, `-1${'0'.repeat(999)}`]],
  [numeric(1000, 1000), [`0.${'0'.repeat(999)}1`, `-0.${'0'.repeat(999)}1`, `0.1${'0'.repeat(999)}`]],
]

const composite: readonly (readonly [string, number, number, readonly ColumnType[], readonly Value[]])[] = [
  ['no values: the prefix of all keys of an index', 1, 2, ['integer'], []],
  ['the first of two values', 0, 0, ['integer', 'text'], [5]],
  ['an index entry', 0, 1, ['text', 'integer'], ['orc', 5]],
  ['the greatest table and index', 65_535, 65_535, ['boolean'], [true]],
  ['nulls among values', 3, 1, ['text', 'date', numeric(8, 2), 'bytea'], [null, '1970-01-01', null, Uint8Array.from([0])]],
]

const nameOf = (type: ColumnType): string => (typeof type === 'object' ? `numeric(${type.numeric.precision}, ${type.numeric.scale})` : type)
const short = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}… (${text.length})` : text)

writeVectors(
  'keys',
  `Canonical values and the key that they make: protocol §8. Within one type, cases stand in ascending order of their keys. Fewer values than types make the prefix of a key. ${TAGGED}`,
  [
    ...single.flatMap(([type, values]) =>
      values
        .map((value) => ({
          name: `${nameOf(type)}: ${short(JSON.stringify(tag(value)))}`,
          table: 0,
          index: 0,
          types: [type],
          values: [tag(value)],
          key: hex(encodeKey(0, 0, [type], [value])),
        }))
        .toSorted((a, b) => (a.key < b.key ? -1 : 1)),
    ),
    ...composite.map(([name, table, index, types, values]) => ({
      name,
      table,
      index,
      types,
      values: values.map(tag),
      key: hex(encodeKey(table, index, types, values)),
    })),
  ],
)

const head = '00000000'
const integer = (value: bigint): string => `${head}01${(value + 2n ** 63n).toString(16).padStart(16, '0')}`
const refused: readonly (readonly [string, readonly ColumnType[], string])[] = [
  ['no head', ['integer'], '000000'],
  ['no value', ['integer'], head],
  ['a mark that is neither 01 nor ff', ['integer'], `${head}008000000000000005`],
  ['an integer cut short', ['integer'], `${head}0180000000000000`],
  ['bytes left over', ['integer'], `${head}01800000000000000500`],
  ['a smallint out of range', ['smallint'], integer(32_768n)],
  ['an integer out of range', ['integer'], integer(-2_147_483_649n)],
  ['a boolean of 2', ['boolean'], `${head}0102`],
  ['a day before year 1', ['date'], integer(-719_163n)],
  ['a day after year 9999', ['date'], integer(2_932_897n)],
  ['a microsecond before year 1', ['timestamptz'], integer(-62_135_596_800_000_001n)],
  ['a microsecond after year 9999', ['timestamptz'], integer(253_402_300_800_000_000n)],
  ['−0', ['double-precision'], `${head}017fffffffffffffff`],
  ['another NaN', ['double-precision'], `${head}01fff8000000000001`],
  ['a negative NaN', ['double-precision'], `${head}010007ffffffffffff`],
  ['text without an end', ['text'], `${head}016162`],
  ['text with half an end', ['text'], `${head}01616200`],
  ['00 followed by 01', ['bytea'], `${head}0100010000`],
  ['U+0000 in text', ['text'], `${head}0100ff0000`],
  ['ill-formed UTF-8', ['text'], `${head}01ff0000`],
  ['a surrogate in UTF-8', ['text'], `${head}01eda0800000`],
  ['a uuid cut short', ['uuid'], `${head}01a0eebc99`],
  ['a numeric sign of 3', [numeric(8, 2)], `${head}0103`],
  ['a numeric without digits', [numeric(8, 2)], `${head}0102800100`],
  ['a numeric without an end', [numeric(8, 2)], `${head}010280010b`],
  ['a pair of digits beyond 100', [numeric(8, 2)], `${head}010280016500`],
  ['a pair of digits far beyond 100', [numeric(8, 2)], `${head}01028001ff00`],
  ['a first digit of zero', [numeric(8, 2)], `${head}010280010200`],
  ['a last pair of zeros', [numeric(8, 2)], `${head}010280010b0100`],
  ['more fraction digits than the scale', [numeric(8, 2)], `${head}010280010b0200`],
  ['a smaller exponent than the scale', [numeric(8, 2)], `${head}01027ffe0d00`],
  ['more digits than the precision', [numeric(8, 2)], `${head}010280070b00`],
  ['an exponent of the greatest u16', [numeric(8, 2)], `${head}0102ffff0b00`],
  ['a negative number with a plain end', [numeric(8, 2)], `${head}01007ffef400`],
  ['jsonb', ['jsonb'], `${head}015b5d0000`],
]

writeVectors(
  'invalid/keys',
  'Bytes that are no key of values of these types: protocol §8.',
  refused.map(([name, types, key]) => ({ name: `${types.map(nameOf).join(', ')}: ${name}`, types, key })),
)
