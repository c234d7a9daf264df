/** Column types and tables as a manifest in JSON names them: protocol.md §6. */
import type { Scalar } from './cbor.ts'

export type ColumnType =
  | 'boolean'
  | 'smallint'
  | 'integer'
  | 'bigint'
  | 'double-precision'
  | 'text'
  | 'bytea'
  | 'uuid'
  | 'date'
  | 'timestamptz'
  | 'jsonb'
  | { readonly numeric: { readonly precision: number; readonly scale: number } }

export interface Column {
  readonly name: string
  readonly type: ColumnType
  readonly nullable: boolean
}

export interface Condition {
  readonly column: number
  readonly comparison: string
  readonly operand: { readonly constant: Scalar } | { readonly column: number }
}

export interface Index {
  readonly name: string
  readonly columns: readonly number[]
  readonly unique: boolean
  readonly where: readonly Condition[]
}

export interface Table {
  readonly name: string
  readonly columns: readonly Column[]
  readonly 'primary-key': readonly number[]
  readonly indexes: readonly Index[]
  readonly checks: readonly { readonly name: string; readonly all: readonly Condition[] }[]
  readonly 'foreign-keys': readonly { readonly name: string; readonly columns: readonly number[]; readonly references: string }[]
}

export const sameType = (a: ColumnType | undefined, b: ColumnType | undefined): boolean => JSON.stringify(a) === JSON.stringify(b)

/** Bits of the whole-number types. */
export const BITS: Readonly<Record<string, bigint>> = { smallint: 16n, integer: 32n, bigint: 64n }
