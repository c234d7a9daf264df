/**
 * Values as reducers, rows and messages hold them: design §2, and the WIT's `types.value`.
 *
 * A number that is whole and within ±(2^53−1) is one value whatever wrote it: `5` and `5.0` are both the number 5, and the type of
 * its column or parameter says how it crosses the boundary. An integer beyond that is a bigint, any other number is a float.
 */
export type Value = null | boolean | number | bigint | string | Uint8Array

/** The values of one row in declared order, or of a key. Never changed in place. */
export type Row = readonly Value[]

/** Largest magnitude of an integer that travels as a plain number. */
export const INTEGER_MAX: number = Number.MAX_SAFE_INTEGER

/** Whether a value is an integer in the sense of the protocol: a safe whole number, or a bigint. */
export function isInteger(value: Value): value is number | bigint {
  return typeof value === 'bigint' || (typeof value === 'number' && Number.isSafeInteger(value))
}

/** The one form of a 64-bit integer: a number within ±(2^53−1), a bigint beyond. */
export function integerOf(value: bigint): number | bigint {
  return value >= -9007199254740991n && value <= 9007199254740991n ? Number(value) : value
}
