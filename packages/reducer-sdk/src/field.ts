/** Columns and parameters, declared with PostgreSQL's words: docs/reference/protocol.md §6. */
import type { ColumnType, ValueType } from '@foldb/abi'

/** What a JavaScript value must be before it may cross the boundary. */
export type Check = 'boolean' | 'int16' | 'int32' | 'int64' | 'float' | 'text' | 'bytes'

/**
 * One column or parameter. `T` is its value in TypeScript, without null.
 * Fields never change: `nullable()` gives another one.
 */
export interface Field<T, Nullable extends boolean = boolean, Param extends boolean = boolean> {
  readonly columnType: ColumnType
  /** The type of a message or genesis parameter of this field; undefined when it can only be a column. */
  readonly valueType: ValueType | undefined
  readonly check: Check
  readonly isNullable: Nullable
  /** The same field, which may also hold null. */
  nullable(): Field<T, true, Param>
  /** Only for the type checker; never present. */
  readonly '~type'?: { readonly value: T; readonly param: Param }
}

/** Any column. */
export type AnyField = Field<unknown>

/** A field that a message or the genesis can carry: its values cross as one of the five value types. */
export type ParamField = Field<unknown, boolean, true>

/** The TypeScript type of a field's values, null included when it is nullable. */
export type ValueOf<F> = F extends Field<infer T, infer N, boolean> ? (N extends true ? T | null : T) : never

function field<T, P extends boolean>(columnType: ColumnType, valueType: ValueType | undefined, check: Check): Field<T, false, P> {
  const make = <N extends boolean>(isNullable: N): Field<T, N, P> => ({
    columnType,
    valueType,
    check,
    isNullable,
    nullable: () => make(true),
  })
  return make(false)
}

/** True or false. */
export function boolean(): Field<boolean, false, true> {
  return field('boolean', 'boolean', 'boolean')
}

/** A 16-bit integer. As a parameter, anything outside is rejected with `out-of-range`. */
export function smallint<T extends number = number>(): Field<T, false, true> {
  return field('smallint', 'integer', 'int16')
}

/** A 32-bit integer. As a parameter, anything outside is rejected with `out-of-range`. */
export function integer<T extends number = number>(): Field<T, false, true> {
  return field('integer', 'integer', 'int32')
}

/** A 64-bit integer: a number within ±(2^53−1), a bigint beyond. */
export function bigint(): Field<number | bigint, false, true> {
  return field('bigint', 'integer', 'int64')
}

/** A 64-bit float. */
export function doublePrecision(): Field<number, false, true> {
  return field('double-precision', 'float', 'float')
}

/** Text without U+0000. Name its values to narrow it: `text<'red' | 'blue'>()`. */
export function text<T extends string = string>(): Field<T, false, true> {
  return field('text', 'text', 'text')
}

/** Bytes. */
export function bytea(): Field<Uint8Array, false, true> {
  return field('bytea', 'bytes', 'bytes')
}

/** An exact decimal, as text such as `12.50`: `precision` digits (1–1000), `scale` of them after the point. */
export function numeric(precision: number, scale = 0): Field<string, false, false> {
  return field({ numeric: { precision, scale } }, undefined, 'text')
}

/** A UUID, as lower-case text. */
export function uuid(): Field<string, false, false> {
  return field('uuid', undefined, 'text')
}

/** A day, as text: `2026-01-31`. */
export function date(): Field<string, false, false> {
  return field('date', undefined, 'text')
}

/** An instant in microseconds, as text: `2026-01-31 12:00:00+00`. */
export function timestamptz(): Field<string, false, false> {
  return field('timestamptz', undefined, 'text')
}

/** JSON, as text in PostgreSQL's own form. */
export function jsonb(): Field<string, false, false> {
  return field('jsonb', undefined, 'text')
}
