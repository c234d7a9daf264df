// Generated from wit/reducer.wit by scripts/generate-wit-types.ts. Do not edit.
/** @module Interface foldb:reducer/schema@0.1.0 **/
export type Value = import('./foldb-reducer-types.js').Value;
export interface Decimal {
  precision: number,
  scale: number,
}
export type ColumnType = ColumnTypeBoolean | ColumnTypeSmallint | ColumnTypeInteger | ColumnTypeBigint | ColumnTypeDoublePrecision | ColumnTypeNumeric | ColumnTypeText | ColumnTypeBytea | ColumnTypeUuid | ColumnTypeDate | ColumnTypeTimestamptz | ColumnTypeJsonb;
export interface ColumnTypeBoolean {
  tag: 'boolean',
}
export interface ColumnTypeSmallint {
  tag: 'smallint',
}
export interface ColumnTypeInteger {
  tag: 'integer',
}
export interface ColumnTypeBigint {
  tag: 'bigint',
}
export interface ColumnTypeDoublePrecision {
  tag: 'double-precision',
}
export interface ColumnTypeNumeric {
  tag: 'numeric',
  val: Decimal,
}
export interface ColumnTypeText {
  tag: 'text',
}
export interface ColumnTypeBytea {
  tag: 'bytea',
}
export interface ColumnTypeUuid {
  tag: 'uuid',
}
export interface ColumnTypeDate {
  tag: 'date',
}
export interface ColumnTypeTimestamptz {
  tag: 'timestamptz',
}
export interface ColumnTypeJsonb {
  tag: 'jsonb',
}
export interface Column {
  name: string,
  type: ColumnType,
  nullable: boolean,
}
/**
 * # Variants
 * 
 * ## `"equal"`
 * 
 * ## `"not-equal"`
 * 
 * ## `"less"`
 * 
 * ## `"less-or-equal"`
 * 
 * ## `"greater"`
 * 
 * ## `"greater-or-equal"`
 * 
 * ## `"is-null"`
 * 
 * ## `"is-not-null"`
 */
export type Comparison = 'equal' | 'not-equal' | 'less' | 'less-or-equal' | 'greater' | 'greater-or-equal' | 'is-null' | 'is-not-null';
export type Operand = OperandConstant | OperandColumn;
export interface OperandConstant {
  tag: 'constant',
  val: Value,
}
/**
 * another column of the same row, by number
 */
export interface OperandColumn {
  tag: 'column',
  val: number,
}
/**
 * `column comparison operand`, with SQL's three-valued logic.
 */
export interface Condition {
  column: number,
  comparison: Comparison,
  operand: Operand,
}
export interface Index {
  name: string,
  /**
   * by column number, none of them jsonb; order ascending, nulls last
   */
  columns: Uint32Array,
  unique: boolean,
  /**
   * a partial index: only rows for which all of these are true
   */
  where: Array<Condition>,
}
export interface Check {
  name: string,
  /**
   * the row is refused when one of these is false
   */
  all: Array<Condition>,
}
/**
 * No cascades: a row that is referred to cannot be deleted.
 */
export interface ForeignKey {
  name: string,
  columns: Uint32Array,
  /**
   * a table whose primary key these columns hold
   */
  references: string,
}
export interface Table {
  name: string,
  columns: Array<Column>,
  /**
   * by column number; none of them nullable, double precision or jsonb
   */
  primaryKey: Uint32Array,
  indexes: Array<Index>,
  checks: Array<Check>,
  foreignKeys: Array<ForeignKey>,
}
/**
 * For people who query the state; never part of a root.
 */
export interface View {
  name: string,
  query: string,
}
