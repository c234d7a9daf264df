/** Parameters of queries as PostgreSQL reads them, by the type that it inferred. */
import { FoldbError, toHex } from '@foldb/abi'
import { isArrayOid } from './decode-text.ts'

const JSON_OIDS: ReadonlySet<number> = new Set([114, 3802])

/**
 * Text of one parameter, or null. Arrays become PostgreSQL arrays and other objects JSON, where the statement has such a parameter.
 * @throws FoldbError `bad-parameter` for a value that no column could hold.
 */
export function encodeParam(value: unknown, oid: number, number: number): string | null {
  if (value === null) return null
  if (JSON_OIDS.has(oid) && typeof value !== 'string') return encodeJson(value, number)
  if (Array.isArray(value) && isArrayOid(oid)) return encodeArray(value, number)
  switch (typeof value) {
    case 'string':
      return wellFormed(value, number)
    case 'number':
    case 'bigint':
    case 'boolean':
      return String(value)
    default:
  }
  if (value instanceof Uint8Array) return `\\x${toHex(value)}`
  if (value instanceof Date && !Number.isNaN(value.getTime())) return value.toISOString()
  throw badParameter(
    number,
    'null, a boolean, number, bigint, text, bytes, date, or an array or JSON for a parameter of such a type',
    value,
  )
}

function encodeArray(values: readonly unknown[], number: number): string {
  const elements = values.map((value) => {
    if (value === null) return 'NULL'
    if (Array.isArray(value)) return encodeArray(value, number)
    return `"${(encodeParam(value, 0, number) as string).replaceAll(/["\\]/g, '\\$&')}"`
  })
  return `{${elements.join(',')}}`
}

function encodeJson(value: unknown, number: number): string {
  try {
    const text = JSON.stringify(value)
    if (text !== undefined) return text
  } catch (cause) {
    throw badParameter(number, 'a value with a JSON form', value, cause)
  }
  throw badParameter(number, 'a value with a JSON form', value)
}

function wellFormed(text: string, number: number): string {
  if (!text.isWellFormed()) throw badParameter(number, 'well-formed text', text)
  return text
}

function badParameter(number: number, expected: string, got: unknown, cause?: unknown): FoldbError {
  const shown = typeof got === 'object' ? Object.prototype.toString.call(got) : `${typeof got} ${String(got).slice(0, 40)}`
  return new FoldbError('bad-parameter', `bad parameter $${number}: expected ${expected}, got ${shown}`, {
    fields: { parameter: number },
    cause,
  })
}
