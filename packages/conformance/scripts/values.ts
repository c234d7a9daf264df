/** Writes vectors/values.json and invalid/values.json: node --conditions=@foldb/source packages/conformance/scripts/values.ts */
import { type ColumnType, DbError } from '@foldb/abi'
import { canonicalValue } from '@foldb/state-tree'
import { tag, TAGGED, type Tagged, writeVectors } from './vector-file.ts'

const numeric = (precision: number, scale: number): ColumnType => ({ numeric: { precision, scale } })
const money = numeric(8, 2)
const deep = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels)

const accepted: readonly (readonly [ColumnType, readonly (string | number | bigint | boolean | null | Uint8Array)[]])[] = [
  ['boolean', [null, true, false]],
  ['smallint', [-32_768, 0, 32_767]],
  ['integer', [-(2 ** 31), 2 ** 31 - 1]],
  ['bigint', [-(2n ** 63n), -(2n ** 53n), 2 ** 53 - 1, 2n ** 53n, 2n ** 63n - 1n]],
  ['double-precision', [0.5, 5, 1e300, -(2 ** 53 - 1), 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 5e-324]],
  [
    money,
    ['0', '-0', '0.004', '-0.004', '0.005', '-0.005', '1.005', '-1.005', '12', '9.999', '999999.994', '-999999.99', '0.0000000000', 7, -7],
  ],
  [numeric(3, 3), ['0', '0.999', '0.9994', '-0.0005']],
  [numeric(20, 0), ['0.5', '-0.5', '0.49999', '99999999999999999999', 2n ** 63n - 1n, -(2n ** 63n), '123.456']],
  [numeric(1000, 1000), [`0.${'1'.repeat(1000)}`]],
  ['text', ['', 'a', '\ufeffa', '😀', '\ue000', 'e\u0301', "'", '\u007f\u0001']],
  ['bytea', [new Uint8Array(), Uint8Array.from([0, 255])]],
  ['uuid', ['a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11']],
  ['date', ['0001-01-01', '1969-12-31', '1970-01-01', '2000-02-29', '2024-02-29', '9999-12-31']],
  [
    'timestamptz',
    [
      '2024-02-29T12:00:00.500+02:00',
      '2024-02-29 10:00:00.5+00',
      '1970-01-01 00:00:00Z',
      '1969-12-31T23:59:59.999999Z',
      '0001-01-01 00:00:00+00',
      '0001-01-01 15:59:00+15:59',
      '9999-12-31 23:59:59.999999Z',
      '9999-12-31 08:00:59.999999-15:59',
      '2024-01-01 00:00:00.000000-00:30',
      '2024-03-01 00:30:00.120000+01',
    ],
  ],
  [
    'jsonb',
    [
      'null',
      ' true ',
      '"a"',
      '[]',
      ' [ ] ',
      '{}',
      '[1,2]',
      '{"b":1,"a":[ ],"aa":1e1,"b":null}',
      '{"\\u0061":1,"a":2}',
      '{"__proto__":1,"constructor":2}',
      '{"😀":1,"éé":2,"\uffff":3,"zzzz":4,"":5}',
      '{"\ue000\ue000":1,"😀é":2,"éééz":3}',
      '-0',
      '0.0',
      '-0.0',
      '1.50',
      '1e2',
      '1E+2',
      '1.5e1',
      '1.50e1',
      '1.0e-2',
      '15e-1',
      '0e9',
      '0e-2',
      '-0e-3',
      '0.000e2',
      '12345678901234567890.12345',
      '1e999',
      '1e-999',
      '0e99999999999',
      '"\\"\\\\\\/\\b\\f\\n\\r\\t\\u0001\\u001F\\u007f\\u00e9"',
      '"\\uD83D\\ude00"',
      '"\u007f\u2028"',
      deep(64),
      '\t\r\n 1 \n',
    ],
  ],
]

const refused: readonly (readonly [ColumnType, readonly Tagged[]])[] = [
  ['boolean', [{ integer: '1' }, { text: 'true' }]],
  ['smallint', [{ integer: '32768' }, { integer: '-32769' }, { float: '3fe0000000000000' }, { text: '1' }, true]],
  ['integer', [{ integer: '2147483648' }, { integer: '-2147483649' }, { float: '7ff8000000000000' }, { float: '7ff0000000000000' }]],
  ['bigint', [{ float: '4340000000000000' }, { float: '7e37e43c8800759c' }, { bytes: '00' }]],
  ['double-precision', [{ integer: '9007199254740992' }, { integer: '-9223372036854775808' }, { text: '0.5' }, false]],
  [
    money,
    [
      ...[
        '',
        '.5',
        '1.',
        '1e2',
        '+1',
        ' 1',
        '1 ',
        '01',
        '00',
        '-',
        '--1',
        '1_000',
        'NaN',
        'Infinity',
        '1,5',
        '0x1',
        '\u0661',
        '1\n',
        '999999.995',
        '-1000000',
        '1000000',
        '1'.repeat(5000),
      ].map((text) => ({ text })),
      { integer: '1000000' },
      { float: '3fe0000000000000' },
      { bytes: '31' },
      true,
      { text: '1\u0000' },
    ],
  ],
  [numeric(3, 3), [{ text: '1' }, { text: '0.9995' }]],
  ['text', [{ text: 'a\u0000' }, { text: '\ud800' }, { text: '\udc00\ud800' }, { text: 'x\udfff' }, { integer: '1' }, { bytes: '61' }]],
  ['bytea', [{ text: 'a' }, { integer: '0' }]],
  [
    'uuid',
    [
      ...[
        '',
        'a0eebc999c0b4ef8bb6d6bb9bd380a11',
        '{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11}',
        'g0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',
        'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11\n',
        ' a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',
        'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a1',
      ].map((text) => ({ text })),
      { bytes: 'a0eebc999c0b4ef8bb6d6bb9bd380a11' },
    ],
  ],
  [
    'date',
    [
      ...[
        '',
        'today',
        'now',
        'infinity',
        '0000-01-01',
        '2023-02-29',
        '1900-02-29',
        '2024-00-01',
        '2024-13-01',
        '2024-01-00',
        '2024-04-31',
        '2024-1-1',
        '20240101',
        '12024-01-01',
        '-2024-01-01',
        '2024-01-01\n',
        '2024-01-01 BC',
        '2024-01-01 00:00:00',
        '\uff12024-01-01',
      ].map((text) => ({ text })),
      { integer: '0' },
    ],
  ],
  [
    'timestamptz',
    [
      ...[
        'now',
        '2024-01-01',
        '2024-01-01 00:00:00',
        '2024-01-01 00:00Z',
        '2024-01-01 24:00:00Z',
        '2024-01-01 00:60:00Z',
        '2024-01-01 00:00:60Z',
        '2024-01-01 00:00:00.Z',
        '2024-01-01 00:00:00.1234567Z',
        '2024-01-01 00:00:00z',
        '2024-01-01t00:00:00Z',
        '2024-01-01  00:00:00Z',
        '2024-01-01 00:00:00 Z',
        '2024-01-01 00:00:00+16',
        '2024-01-01 00:00:00+00:60',
        '2024-01-01 00:00:00+0000',
        '2024-01-01 00:00:00+1',
        '2024-01-01 00:00:00 UTC',
        '2023-02-29 00:00:00Z',
        '0000-12-31 23:00:00-02',
        '0001-01-01 00:00:00+00:01',
        '9999-12-31 23:59:59.999999-00:01',
      ].map((text) => ({ text })),
      { integer: '0' },
    ],
  ],
  [
    'jsonb',
    [
      ...[
        '',
        ' ',
        '\ufeff1',
        '1 2',
        '[1,]',
        '[,1]',
        '[1 2]',
        '[',
        ']',
        '{',
        '{"a"}',
        '{"a":}',
        '{"a":1,}',
        '{a:1}',
        "'a'",
        '{1:2}',
        'nul',
        'nulll',
        'True',
        'NaN',
        'Infinity',
        '01',
        '1.',
        '.5',
        '+1',
        '-',
        '1e',
        '1e+',
        '--1',
        '0x1',
        '1\u00a0',
        '\u000b1',
        '// 1',
        '"',
        '"\\',
        '"\\x"',
        '"\\u12"',
        '"\\u123g"',
        '"a\nb"',
        '"\u0001"',
        '"\\ud800"',
        '"\\udc00"',
        '"\\ud800\\ud800"',
        '"\\ud800x"',
        '"\\ud800\\u0000"',
        '"\\u0000"',
        '"\\u0000',
        '{"\\u0000":1}',
        deep(65),
        '['.repeat(50_000),
        '['.repeat(65),
        '1e1000',
        '1e-1000',
        '-1e131071',
        '0e-1000',
        '[1e1000',
        '1e1000x',
        '1'.repeat(1001),
        '{"a":1e1000,"a":1}',
        '"a\u0000"',
        '"\ud800"',
        '\u0000["',
      ].map((text) => ({ text })),
      { integer: '1' },
      true,
    ],
  ],
]

function valueOf(tagged: Tagged): string | number | bigint | boolean | Uint8Array {
  if (typeof tagged === 'boolean') return tagged
  if (tagged !== null && 'integer' in tagged)
    return Number.isSafeInteger(Number(tagged.integer)) ? Number(tagged.integer) : BigInt(tagged.integer)
  if (tagged !== null && 'float' in tagged) return Buffer.from(tagged.float, 'hex').readDoubleBE()
  if (tagged !== null && 'text' in tagged) return tagged.text
  if (tagged !== null && 'bytes' in tagged) return new Uint8Array(Buffer.from(tagged.bytes, 'hex'))
  throw new Error('a column holds no such value')
}

const nameOf = (type: ColumnType): string => (typeof type === 'object' ? `numeric(${type.numeric.precision}, ${type.numeric.scale})` : type)
const short = (tagged: Tagged): string => {
  const text = JSON.stringify(tagged)
  return text.length > 80 ? `${text.slice(0, 80)}… (${text.length})` : text
}

function sqlstateOf(type: ColumnType, value: Tagged, bytesMax?: number): string {
  try {
    canonicalValue(type, valueOf(value), bytesMax)
  } catch (error) {
    if (DbError.is(error)) return error.sqlstate
    throw error
  }
  throw new Error(`expected a refusal of ${short(value)} as ${nameOf(type)}`)
}

const negativeZero: Tagged = { float: '8000000000000000' }
const zeros = (['smallint', 'double-precision', money] as const).map((type) => ({
  name: `${nameOf(type)}: −0`,
  type,
  value: negativeZero,
  canonical: tag(canonicalValue(type, -0)),
}))
const otherNan = {
  name: 'double-precision: another NaN',
  type: 'double-precision',
  value: { float: 'fff8000000000001' },
  canonical: { float: '7ff8000000000000' },
}

writeVectors(
  'values',
  `A value as it comes in, and its canonical form in a column: protocol §7. \`type\` is a column type, numeric with precision and scale. sizes.value is 1048576. ${TAGGED}`,
  [
    ...accepted.flatMap(([type, values]) =>
      values.map((value) => ({
        name: `${nameOf(type)}: ${short(tag(value))}`,
        type,
        value: tag(value),
        canonical: tag(canonicalValue(type, value)),
      })),
    ),
    ...zeros,
    otherNan,
  ],
)

const sized: readonly (readonly [ColumnType, Tagged, number])[] = [
  ['text', { text: 'aé' }, 2],
  ['bytea', { bytes: '000000' }, 2],
  ['jsonb', { text: '[1,2]' }, 5],
  ['jsonb', { text: '"é"' }, 3],
  ['jsonb', { text: '1e5' }, 5],
  ['jsonb', { text: '-0.5e-1' }, 4],
  ['jsonb', { text: '{"a":1,"b":2}' }, 15],
  ['jsonb', { text: '"\\u0001"' }, 7],
]

writeVectors(
  'invalid/values',
  `Values that a column refuses, and the SQLSTATE: protocol §7. sizes.value is \`bytesMax\`, 1048576 where it is not given. ${TAGGED}`,
  [
    ...refused.flatMap(([type, values]) =>
      values.map((value) => ({ name: `${nameOf(type)}: ${short(value)}`, type, value, sqlstate: sqlstateOf(type, value) })),
    ),
    ...sized.map(([type, value, bytesMax]) => ({
      name: `${nameOf(type)} over ${bytesMax} bytes: ${short(value)}`,
      type,
      value,
      bytesMax,
      sqlstate: sqlstateOf(type, value, bytesMax),
    })),
  ],
)
