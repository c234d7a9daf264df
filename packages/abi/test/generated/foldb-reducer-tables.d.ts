// Generated from wit/reducer.wit by scripts/generate-wit-types.ts. Do not edit.
/** @module Interface foldb:reducer/tables@0.1.0 **/
/**
 * The row under a primary key.
 */
export function get(table: string, key: Array<Value>): Row | undefined;
/**
 * A new row; `23505` if its primary key or a unique index is taken.
 */
export function insert(table: string, row: Row): void;
/**
 * Replaces the row that has this primary key, or adds it.
 */
export function put(table: string, row: Row): void;
/**
 * Removes the row under a primary key; says whether there was one.
 */
export { _delete as delete };
function _delete(table: string, key: Array<Value>): boolean;
/**
 * Rows in the order of an index, then of the primary key. The primary key is the index `""`.
 */
export function scan(table: string, index: string, range: Range): Page;
export type Value = import('./foldb-reducer-types.js').Value;
export type Row = import('./foldb-reducer-types.js').Row;
export type DbError = import('./foldb-reducer-types.js').DbError;
/**
 * One side of a range over an index; a prefix of the index columns may be given. `open` takes in nulls.
 */
export type Bound = BoundOpen | BoundInclusive | BoundExclusive;
export interface BoundOpen {
  tag: 'open',
}
export interface BoundInclusive {
  tag: 'inclusive',
  val: Array<Value>,
}
export interface BoundExclusive {
  tag: 'exclusive',
  val: Array<Value>,
}
export interface Range {
  lower: Bound,
  upper: Bound,
  /**
   * at most this many rows, counted after the order is applied; 0 means all
   */
  limit: number,
  /**
   * reverses the whole order, the primary key included
   */
  descending: boolean,
}
/**
 * Whole rows, row-major: the value in row r and column c is `cells[r * width + c]`.
 */
export interface Page {
  width: number,
  cells: Array<Value>,
}
