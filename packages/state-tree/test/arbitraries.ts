/** Generated values, canonical and not, for the property tests and the comparisons with PostgreSQL. */
import type { ColumnType, Value } from '@foldb/abi'
import fc from 'fast-check'
import { canonicalValue } from '../src/canonical-value.ts'

const digits = (min: number, max: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...'0123456789', '9', '0'), minLength: min, maxLength: max })

const twoDigits = (min: number, max: number): fc.Arbitrary<string> => fc.integer({ min, max }).map((n) => String(n).padStart(2, '0'))

/** Text that a column can hold, rich in what sorts differently by UTF-16 and UTF-8. */
export const storableText: fc.Arbitrary<string> = fc.oneof(
  fc.string({
    unit: fc.constantFrom('a', 'b', 'B', 'é', '\u0001', '\uffff', '\ue000', '😀', '\u{10ffff}', '\ufeff', ' ', '_'),
    maxLength: 6,
  }),
  fc.string({ unit: 'binary', maxLength: 8 }).map((text) => text.replaceAll('\0', '')),
)

/** Text in the input form of numeric. */
export function numericText(precision: number, scale: number): fc.Arbitrary<string> {
  const integer = digits(0, precision - scale).map((text) => text.replace(/^0+/, '') || '0')
  const fraction = fc.oneof(digits(0, scale), digits(0, scale + 3), fc.constant('5'.padStart(scale + 1, '9')))
  return fc
    .tuple(fc.boolean(), integer, fraction)
    .map(([minus, whole, part]) => `${minus ? '-' : ''}${whole}${part === '' ? '' : `.${part}`}`)
}

/** `YYYY-MM-DD`, sometimes of a day that does not exist. */
export const dateText: fc.Arbitrary<string> = fc
  .tuple(
    fc.oneof(fc.integer({ min: 1, max: 9999 }), fc.constantFrom(1, 4, 100, 400, 1900, 1969, 1970, 2000, 2024, 9999)),
    twoDigits(1, 12),
    fc.oneof(twoDigits(1, 31), fc.constantFrom('28', '29', '30', '31')),
  )
  .map(([year, month, day]) => `${String(year).padStart(4, '0')}-${month}-${day}`)

export const timestamptzText: fc.Arbitrary<string> = fc
  .tuple(
    dateText,
    fc.constantFrom(' ', 'T'),
    twoDigits(0, 23),
    twoDigits(0, 59),
    twoDigits(0, 59),
    fc.oneof(
      fc.constant(''),
      digits(1, 6).map((text) => `.${text}`),
    ),
    fc.oneof(
      fc.constant('Z'),
      fc
        .tuple(
          fc.constantFrom('+', '-'),
          twoDigits(0, 15),
          fc.oneof(
            fc.constant(''),
            twoDigits(0, 59).map((text) => `:${text}`),
          ),
        )
        .map((parts) => parts.join('')),
    ),
  )
  .map(([date, gap, hours, minutes, seconds, fraction, zone]) => `${date}${gap}${hours}:${minutes}:${seconds}${fraction}${zone}`)

const jsonNumber = fc
  .tuple(
    fc.constantFrom('', '-'),
    fc.oneof(fc.constant('0'), fc.integer({ min: 1, max: 99_999 }).map(String)),
    fc.oneof(
      fc.constant(''),
      digits(1, 4).map((text) => `.${text}`),
    ),
    fc.oneof(
      fc.constant(''),
      fc.tuple(fc.constantFrom('e', 'E'), fc.constantFrom('', '+', '-'), fc.integer({ min: 0, max: 30 })).map((parts) => parts.join('')),
    ),
  )
  .map((parts) => parts.join(''))

const jsonString = fc
  .array(
    fc.oneof(
      storableText.map((text) => JSON.stringify(text).slice(1, -1)),
      fc.constantFrom('\\/', '\\b', '\\u0001', '\\u001F', '\\u00e9', '\\uD83D\\uDE00', '\\"', '\\\\', '\u007f', 'a', 'b'),
    ),
    { maxLength: 4 },
  )
  .map((parts) => `"${parts.join('')}"`)

const blank = fc.constantFrom('', '', '', ' ', '\n', '\t', '\r\n  ')

/** JSON with blanks, escapes, exponents and duplicate names. */
export const jsonText: fc.Arbitrary<string> = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.oneof(fc.constantFrom('null', 'true', 'false'), jsonNumber, jsonString),
    fc.tuple(blank, fc.array(tie('value'), { maxLength: 4 })).map(([gap, items]) => `[${gap}${items.join(`${gap},`)}${gap}]`),
    fc
      .tuple(
        blank,
        fc.array(fc.tuple(fc.oneof(jsonString, fc.constantFrom('"a"', '"b"', '"aa"', '"\\u0061"')), tie('value')), { maxLength: 5 }),
      )
      .map(([gap, members]) => `{${gap}${members.map(([name, value]) => `${name}${gap}:${gap}${value}`).join(`,${gap}`)}${gap}}`),
  ),
})).value

/** Values as they come in, null left out; some are refused. */
export function rawValue(type: ColumnType): fc.Arbitrary<Value> {
  if (typeof type === 'object') return numericText(type.numeric.precision, type.numeric.scale)
  switch (type) {
    case 'boolean':
      return fc.boolean()
    case 'smallint':
      return fc.oneof(fc.integer({ min: -32_768, max: 32_767 }), fc.constantFrom(-32_768, -1, 0, 1, 32_767))
    case 'integer':
      return fc.oneof(fc.integer(), fc.constantFrom(-(2 ** 31), -1, 0, 1, 2 ** 31 - 1))
    case 'bigint':
      return fc.oneof(
        fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
        fc.maxSafeInteger(),
        fc.constantFrom(-(2n ** 63n), 2n ** 63n - 1n, 2n ** 53n, -(2n ** 53n), 0n, 2n ** 32n, -(2n ** 32n)),
      )
    case 'double-precision':
      return fc.oneof(
        fc.double(),
        fc.constantFrom(0, -0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 5e-324, -5e-324, 1e308),
      )
    case 'text':
      return storableText
    case 'bytea':
      return fc.oneof(
        fc.uint8Array({ maxLength: 6 }),
        fc.array(fc.constantFrom(0, 1, 255), { maxLength: 5 }).map((bytes) => Uint8Array.from(bytes)),
      )
    case 'uuid':
      return fc.tuple(fc.uuid(), fc.boolean()).map(([text, upper]) => (upper ? text.toUpperCase() : text))
    case 'date':
      return dateText
    case 'timestamptz':
      return timestamptzText
    case 'jsonb':
      return jsonText
  }
}

/** Values in their canonical form. */
export function storedValue(type: ColumnType): fc.Arbitrary<Value> {
  return rawValue(type)
    .map((value) => {
      try {
        return canonicalValue(type, value)
      } catch {
        return undefined
      }
    })
    .filter((value) => value !== undefined)
}

export const NUMERICS: readonly ColumnType[] = [
  { numeric: { precision: 8, scale: 2 } },
  { numeric: { precision: 40, scale: 0 } },
  { numeric: { precision: 30, scale: 30 } },
  { numeric: { precision: 1, scale: 0 } },
]

export const KEY_TYPES: readonly ColumnType[] = [
  'boolean',
  'smallint',
  'integer',
  'bigint',
  'text',
  'bytea',
  'uuid',
  'date',
  'timestamptz',
  ...NUMERICS,
]
export const ALL_TYPES: readonly ColumnType[] = [...KEY_TYPES, 'double-precision', 'jsonb']
