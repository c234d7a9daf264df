// Generated from wit/reducer.wit by scripts/generate-wit-types.ts. Do not edit.
/** @module Interface foldb:reducer/types@0.1.0 **/
/**
 * One column value.
 */
export type Value = ValueNull | ValueBoolean | ValueInteger | ValueFloat | ValueText | ValueBytes;
export interface ValueNull {
  tag: 'null',
}
export interface ValueBoolean {
  tag: 'boolean',
  val: boolean,
}
/**
 * smallint, integer, bigint; a guest whose field is narrower rejects with `out-of-range` what does not fit
 */
export interface ValueInteger {
  tag: 'integer',
  val: bigint,
}
/**
 * double precision; a NaN is the canonical NaN
 */
export interface ValueFloat {
  tag: 'float',
  val: number,
}
/**
 * text, and in canonical text: numeric, uuid, date, timestamptz, jsonb
 */
export interface ValueText {
  tag: 'text',
  val: string,
}
/**
 * bytea
 */
export interface ValueBytes {
  tag: 'bytes',
  val: Uint8Array,
}
export type Row = Array<Value>;
/**
 * Rectangular, row-major: the value in row r and column c is `cells[r * columns.len() + c]`.
 */
export interface Rows {
  columns: Array<string>,
  cells: Array<Value>,
}
/**
 * One entry of the log.
 */
export interface Message {
  /**
   * place in the log, from 1, without gaps
   */
  position: bigint,
  /**
   * authenticated author, as the log names it
   */
  sender: string,
  /**
   * milliseconds since the Unix epoch as recorded in the log: the only clock a reducer has
   */
  time: bigint,
  /**
   * which of the declared message kinds this is
   */
  kind: string,
  /**
   * the arguments that the kind declares, in that order, already checked against their types
   */
  args: Array<Value>,
}
/**
 * The reducer refuses a message: the message changes nothing, and the code becomes part of history.
 */
export interface Rejection {
  /**
   * `[a-z0-9-]`, 1 to 64 characters: `not-your-turn`
   */
  code: string,
  /**
   * for people; never part of a root or a receipt
   */
  message: string,
}
/**
 * A row operation or a statement that was refused. It changed nothing, and the reducer may go on.
 */
export interface DbError {
  /**
   * five-character SQLSTATE: `23505` is a unique violation
   */
  sqlstate: string,
  /**
   * the constraint that was violated, or ""
   */
  constraint: string,
}
