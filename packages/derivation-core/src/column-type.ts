/** Column types compared and named. */
import type { ColumnType } from '@foldb/abi'

/** Whether two columns hold the same values in the same canonical form. */
export function isSameType(a: ColumnType, b: ColumnType): boolean {
  if (typeof a === 'string' || typeof b === 'string') return a === b
  return a.numeric.precision === b.numeric.precision && a.numeric.scale === b.numeric.scale
}

export function typeName(type: ColumnType): string {
  return typeof type === 'string' ? type : `numeric(${type.numeric.precision},${type.numeric.scale})`
}
