/** Writes vectors/rows.json and invalid/rows.json: node --conditions=@foldb/source packages/conformance/scripts/rows.ts */
import type { Column, ColumnType, Table, Value } from '@foldb/abi'
import { encodeRow, rowKey } from '@foldb/state-tree'
import { hex, tag, TAGGED, writeVectors } from './vector-file.ts'

const column = (type: ColumnType, nullable = true, name = 'c'): Column => ({ name, type, nullable })
const tableOf = (columns: readonly Column[], primaryKey: readonly number[]): Table => ({
  name: 't',
  columns,
  primaryKey,
  indexes: [],
  checks: [],
  foreignKeys: [],
})
const money: ColumnType = { numeric: { precision: 8, scale: 2 } }

const id = column('integer', false, 'id')
const units = tableOf(
  [id, column('text', false, 'name'), column('smallint', true, 'hp'), column(money, true, 'price'), column('date', false, 'born')],
  [0],
)
const nine = tableOf([...Array.from({ length: 9 }, () => column('boolean')), id], [9])
const eight = tableOf([id, ...Array.from({ length: 8 }, () => column('boolean'))], [0])
const single = (type: ColumnType): Table => tableOf([id, column(type)], [0])

const cases: readonly (readonly [string, Table, readonly Value[]])[] = [
  ['the example', units, [5, 'orc', null, '1.50', '1970-01-02']],
  ['no column but the key', tableOf([id], [0]), [5]],
  [
    'a key of two columns in another order',
    tableOf([column('text', false), column('integer'), column('boolean', false)], [2, 0]),
    ['a', 7, true],
  ],
  ['eight nulls', eight, [1, null, null, null, null, null, null, null, null]],
  ['nine columns, the last null', nine, [true, false, true, false, true, false, true, false, null, 1]],
  ['nine columns, the last not null', nine, [null, null, null, null, null, null, null, null, true, 1]],
  ...[
    0,
    -1,
    1,
    63,
    -64,
    64,
    2 ** 31,
    2 ** 52 - 1,
    2 ** 52,
    -(2 ** 52),
    2 ** 53 - 1,
    -(2 ** 53 - 1),
    2n ** 53n,
    2n ** 63n - 1n,
    -(2n ** 63n),
  ].map((value) => [`bigint ${value}`, single('bigint'), [1, value]] as const),
  ...[0, 0.5, -1.5, Number.NaN, Number.POSITIVE_INFINITY, 5e-324].map(
    (value) => [`double ${value}`, single('double-precision'), [1, value]] as const,
  ),
  ...['0001-01-01', '1969-12-31', '1970-01-01', '9999-12-31'].map((value) => [`date ${value}`, single('date'), [1, value]] as const),
  ...['0001-01-01 00:00:00+00', '1969-12-31 23:59:59.999999+00', '2024-02-29 10:00:00.5+00', '9999-12-31 23:59:59.999999+00'].map(
    (value) => [`timestamptz ${value}`, single('timestamptz'), [1, value]] as const,
  ),
  ...['', 'é😀', '\ufeff', 'a'.repeat(127), 'a'.repeat(128), 'a'.repeat(300)].map(
    (value) => [`text of ${value.length} units`, single('text'), [1, value]] as const,
  ),
  ['bytea', single('bytea'), [1, Uint8Array.from([0, 255])]],
  ['uuid', single('uuid'), [1, 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11']],
  ['jsonb', single('jsonb'), [1, '{"a": [1, 2.50]}']],
  ['numeric', single(money), [1, '-0.05']],
]

const shape = ({ columns, primaryKey }: Table): { columns: readonly Column[]; primaryKey: readonly number[] } => ({ columns, primaryKey })

writeVectors(
  'rows',
  `Rows of canonical values in a table 0, their primary key and their bytes: protocol §8, §9. ${TAGGED}`,
  cases.map(([name, table, row]) => ({
    name,
    ...shape(table),
    row: row.map(tag),
    key: hex(rowKey(0, table, row)),
    bytes: hex(encodeRow(table, row)),
  })),
)

const key = '00000000018000000000000001'
const strict = tableOf([id, column('integer', false)], [0])

/** A zig-zag varint after a bitmap without nulls. */
function integer(value: bigint): string {
  let bytes = '00'
  let rest = value < 0n ? -2n * value - 1n : 2n * value
  for (; rest >= 128n; rest >>= 7n) bytes += ((rest & 127n) | 128n).toString(16)
  return bytes + rest.toString(16).padStart(2, '0')
}

const refused: readonly (readonly [string, Table, string, string])[] = [
  ['no bitmap', single('integer'), key, ''],
  ['a value missing', single('integer'), key, '00'],
  ['bytes left over', single('integer'), key, '000000'],
  ['bytes beside a key that is all', tableOf([id], [0]), key, '00'],
  ['a value beside a null', single('integer'), key, '0100'],
  ['an unused bit', single('integer'), key, '0200'],
  ['the highest unused bit', single('integer'), key, '8000'],
  ['an unused bit of the second byte', nine, key, '000200000000000000000000'],
  ['a null where none may be', strict, key, '01'],
  ['a varint that is not shortest', single('integer'), key, '008000'],
  ['a varint of eleven bytes', single('bigint'), key, '008080808080808080808001'],
  ['a varint of 2^64', single('bigint'), key, '0080808080808080808002'],
  ['a varint cut short', single('integer'), key, '0080'],
  ['a smallint of 32768', single('smallint'), key, integer(32_768n)],
  ['an integer of −2147483649', single('integer'), key, integer(-2_147_483_649n)],
  ['a boolean of 2', single('boolean'), key, '0002'],
  ['a day before year 1', single('date'), key, integer(-719_163n)],
  ['a day after year 9999', single('date'), key, integer(2_932_897n)],
  ['a microsecond before year 1', single('timestamptz'), key, integer(-62_135_596_800_000_001n)],
  ['a microsecond after year 9999', single('timestamptz'), key, integer(253_402_300_800_000_000n)],
  ['−0', single('double-precision'), key, '008000000000000000'],
  ['another NaN', single('double-precision'), key, '007ff8000000000001'],
  ['a double cut short', single('double-precision'), key, '007ff80000'],
  ['ill-formed UTF-8', single('text'), key, '0001ff'],
  ['an overlong form', single('text'), key, '0002c080'],
  ['U+0000', single('text'), key, '000100'],
  ['a length past the end', single('text'), key, '000261'],
  ['a length of 2^63', single('bytea'), key, '0080808080808080808001'],
  ['a uuid cut short', single('uuid'), key, '00a0eebc99'],
  ['numeric without its scale', single(money), key, '000131'],
  ['numeric −0', single(money), key, '00052d302e3030'],
  ['numeric too large', single(money), key, '000a313030303030302e3030'],
  ['jsonb with a blank too many', single('jsonb'), key, '00035b205d'],
  ['jsonb that is none', single('jsonb'), key, '00015b'],
  ['a key of an index', single('integer'), '00000001018000000000000001', '0000'],
  ['a key with a null', single('integer'), '00000000ff', '0000'],
  ['a key cut short', single('integer'), '000000000180', '0000'],
]

writeVectors(
  'invalid/rows',
  'A primary key and bytes beside it that are no row of the table: protocol §8, §9.',
  refused.map(([name, table, rowKeyHex, bytes]) => ({ name, ...shape(table), key: rowKeyHex, bytes })),
)
