/** Conditions of checks and partial indexes: `column comparison operand`, with SQL's three-valued logic. */
import type { Comparison, Value } from '@foldb/abi'

/** Another column of the same row, as the right side of a comparison. */
export interface ColumnReference<C extends string = string> {
  readonly column: C
}

/** One comparison; several together are a conjunction. */
export interface Condition<C extends string = string> {
  readonly column: C
  readonly comparison: Comparison
  readonly operand: ColumnReference<C> | { readonly constant: Value }
}

/** Names a column where a constant is expected: `lte('hp', column('hp_max'))`. */
export function column<const C extends string>(name: C): ColumnReference<C> {
  return { column: name }
}

function isReference(value: unknown): value is ColumnReference {
  return typeof value === 'object' && value !== null && !(value instanceof Uint8Array) && 'column' in value
}

function condition<C extends string>(name: C, comparison: Comparison, right: Value | ColumnReference<C>): Condition<C> {
  return { column: name, comparison, operand: isReference(right) ? right : { constant: right } }
}

/** `column = right` */
export function eq<const C extends string>(name: C, right: Value | ColumnReference<C>): Condition<C> {
  return condition(name, 'equal', right)
}

/** `column <> right` */
export function ne<const C extends string>(name: C, right: Value | ColumnReference<C>): Condition<C> {
  return condition(name, 'not-equal', right)
}

/** `column < right` */
export function lt<const C extends string>(name: C, right: Value | ColumnReference<C>): Condition<C> {
  return condition(name, 'less', right)
}

/** `column <= right` */
export function lte<const C extends string>(name: C, right: Value | ColumnReference<C>): Condition<C> {
  return condition(name, 'less-or-equal', right)
}

/** `column > right` */
export function gt<const C extends string>(name: C, right: Value | ColumnReference<C>): Condition<C> {
  return condition(name, 'greater', right)
}

/** `column >= right` */
export function gte<const C extends string>(name: C, right: Value | ColumnReference<C>): Condition<C> {
  return condition(name, 'greater-or-equal', right)
}

/** `column IS NULL` */
export function isNull<const C extends string>(name: C): Condition<C> {
  return condition(name, 'is-null', null)
}

/** `column IS NOT NULL` */
export function isNotNull<const C extends string>(name: C): Condition<C> {
  return condition(name, 'is-not-null', null)
}
