/** The one form of a value in a column, whatever the guest wrote. protocol.md §7. */
import { type ColumnType, DbError, DEFAULT_PROFILE, type Decimal, integerOf, isInteger, type Value } from '@foldb/abi'
import { canonicalDate, canonicalTimestamptz } from './calendar.ts'
import { canonicalJsonb } from './jsonb.ts'
import { canonicalNumeric } from './numeric.ts'
import { isStorableText, utf8Length } from './utf8.ts'
import { canonicalUuid } from './uuid.ts'

type IntegerType = 'smallint' | 'integer' | 'bigint'

/** Whether an integer fits a column of one of the three integer types. */
export function fitsIntegerType(type: IntegerType, value: number | bigint): boolean {
  if (type === 'bigint') return typeof value === 'number' || BigInt.asIntN(64, value) === value
  const greatest = type === 'smallint' ? 32_767 : 2_147_483_647
  return value >= -greatest - 1 && value <= greatest
}

/**
 * The canonical form of a value for a column; null passes through. Bytes are returned as they are, not copied.
 * `bytesMax` bounds text, bytea and jsonb, in bytes of their canonical form.
 *
 * @throws DbError 42804 (type), 22003, 22021, 22P02, 22P05, 22007 (value), 54000 (size or nesting), the first that applies in this order;
 * inside jsonb the first in reading order.
 *
 * @example
 * canonicalValue({ numeric: { precision: 8, scale: 2 } }, '1.005') // '1.01'
 * canonicalValue('timestamptz', '2024-02-29T12:00:00.500+02:00') // '2024-02-29 10:00:00.5+00'
 */
export function canonicalValue(type: ColumnType, value: Value, bytesMax: number = DEFAULT_PROFILE.sizes.value): Value {
  if (value === null) return null
  if (typeof type === 'object') return canonicalDecimal(type.numeric, value)
  switch (type) {
    case 'boolean':
      if (typeof value !== 'boolean') throw new DbError('42804')
      return value
    case 'smallint':
    case 'integer':
    case 'bigint':
      return canonicalInteger(type, value)
    case 'double-precision':
      return canonicalDouble(value)
    case 'bytea':
      if (!(value instanceof Uint8Array)) throw new DbError('42804')
      if (value.length > bytesMax) throw new DbError('54000')
      return value
    default:
      return canonicalText(type, value, bytesMax)
  }
}

function canonicalInteger(type: IntegerType, value: Value): number | bigint {
  if (!isInteger(value)) throw new DbError('42804')
  if (!fitsIntegerType(type, value)) throw new DbError('22003')
  if (typeof value === 'bigint') return integerOf(value)
  return value === 0 ? 0 : value
}

function canonicalDouble(value: Value): number {
  if (typeof value === 'number') return value === 0 ? 0 : value
  if (typeof value !== 'bigint') throw new DbError('42804')
  const plain = integerOf(value)
  if (typeof plain === 'bigint') throw new DbError('22003')
  return plain
}

function canonicalDecimal(decimal: Decimal, value: Value): string {
  if (isInteger(value)) return canonicalNumeric(String(value), decimal)
  if (typeof value !== 'string') throw new DbError('42804')
  if (!isStorableText(value)) throw new DbError('22021')
  return canonicalNumeric(value, decimal)
}

function canonicalText(type: 'text' | 'uuid' | 'date' | 'timestamptz' | 'jsonb', value: Value, bytesMax: number): string {
  if (typeof value !== 'string') throw new DbError('42804')
  if (!isStorableText(value)) throw new DbError('22021')
  switch (type) {
    case 'text':
      if (utf8Length(value) > bytesMax) throw new DbError('54000')
      return value
    case 'uuid':
      return canonicalUuid(value)
    case 'date':
      return canonicalDate(value)
    case 'timestamptz':
      return canonicalTimestamptz(value)
    case 'jsonb':
      return canonicalJsonb(value, bytesMax)
  }
}
