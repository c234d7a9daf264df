/** Names and values as SQL text. */
import { type ColumnType, toHex, type Value } from '@foldb/abi'
import { typeInfo } from './column-oid.ts'

/** An identifier that is taken as it is, whatever it says. */
export function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** A constant of a column's type. */
export function literal(type: ColumnType, value: Value): string {
  if (value === null) return `null::${typeInfo(type).sql}`
  return `'${plainText(value).replaceAll("'", "''")}'::${typeInfo(type).sql}`
}

function plainText(value: Exclude<Value, null>): string {
  if (value instanceof Uint8Array) return `\\x${toHex(value)}`
  if (value === Infinity) return 'Infinity'
  if (value === -Infinity) return '-Infinity'
  return String(value)
}
