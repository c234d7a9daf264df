/** What a reducer declares, as data: the interfaces `schema` and `reducer` of the WIT in TypeScript. */
import type { Value } from './value.ts'

/** A numeric column's precision (1–1000 digits) and scale (0–precision). */
export interface Decimal {
  readonly precision: number
  readonly scale: number
}

export type ColumnType =
  | 'boolean'
  | 'smallint'
  | 'integer'
  | 'bigint'
  | 'double-precision'
  | { readonly numeric: Decimal }
  | 'text'
  | 'bytea'
  | 'uuid'
  | 'date'
  | 'timestamptz'
  | 'jsonb'

export interface Column {
  readonly name: string
  readonly type: ColumnType
  readonly nullable: boolean
}

export type Comparison = 'equal' | 'not-equal' | 'less' | 'less-or-equal' | 'greater' | 'greater-or-equal' | 'is-null' | 'is-not-null'

export type Operand = { readonly constant: Value } | { readonly column: number }

/** `column comparison operand`, with SQL's three-valued logic. */
export interface Condition {
  readonly column: number
  readonly comparison: Comparison
  readonly operand: Operand
}

export interface Index {
  readonly name: string
  readonly columns: readonly number[]
  readonly unique: boolean
  /** A partial index holds only the rows for which all of these are true. */
  readonly where: readonly Condition[]
}

export interface Check {
  readonly name: string
  /** The row is refused when one of these is false. */
  readonly all: readonly Condition[]
}

export interface ForeignKey {
  readonly name: string
  readonly columns: readonly number[]
  readonly references: string
}

export interface Table {
  readonly name: string
  readonly columns: readonly Column[]
  readonly primaryKey: readonly number[]
  readonly indexes: readonly Index[]
  readonly checks: readonly Check[]
  readonly foreignKeys: readonly ForeignKey[]
}

export interface View {
  readonly name: string
  readonly query: string
}

export type ValueType = 'boolean' | 'integer' | 'float' | 'text' | 'bytes'

export interface Param {
  readonly name: string
  readonly type: ValueType
  readonly nullable: boolean
}

export interface MessageKind {
  readonly name: string
  readonly params: readonly Param[]
}

export interface Manifest {
  readonly name: string
  readonly version: string
  readonly tables: readonly Table[]
  readonly views: readonly View[]
  /** Parameters of `init`. */
  readonly genesis: readonly Param[]
  readonly messages: readonly MessageKind[]
  /** The table that has one row once the log is decided, or "". */
  readonly verdict: string
}
