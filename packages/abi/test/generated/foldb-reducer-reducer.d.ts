// Generated from wit/reducer.wit by scripts/generate-wit-types.ts. Do not edit.
/** @module Interface foldb:reducer/reducer@0.1.0 **/
/**
 * May not call the host.
 */
export function describe(): Manifest;
/**
 * Runs once, on empty tables, before the first message. Its memory does not live on: keep everything in tables.
 */
export function init(args: Array<Value>): void;
/**
 * Folds one message, in memory as it was after instantiation. A rejection or a trap undoes everything that this call did:
 * a refusal that must leave a row behind is an `ok`.
 */
export function reduce(message: Message): void;
export type Value = import('./foldb-reducer-types.js').Value;
export type Message = import('./foldb-reducer-types.js').Message;
export type Rejection = import('./foldb-reducer-types.js').Rejection;
export type Table = import('./foldb-reducer-schema.js').Table;
export type View = import('./foldb-reducer-schema.js').View;
/**
 * # Variants
 * 
 * ## `"boolean"`
 * 
 * ## `"integer"`
 * 
 * ## `"float"`
 * 
 * ## `"text"`
 * 
 * ## `"bytes"`
 */
export type ValueType = 'boolean' | 'integer' | 'float' | 'text' | 'bytes';
export interface Param {
  name: string,
  type: ValueType,
  nullable: boolean,
}
export interface MessageKind {
  name: string,
  params: Array<Param>,
}
export interface Manifest {
  name: string,
  version: string,
  tables: Array<Table>,
  views: Array<View>,
  /**
   * arguments of `init`: the parameters of one game, one channel, one ledger
   */
  genesis: Array<Param>,
  /**
   * the messages this reducer understands; any other is rejected as `unknown-kind` without a call
   */
  messages: Array<MessageKind>,
  /**
   * a table that has one row once the log is decided (a winner, balances to settle) and none before, or ""
   */
  verdict: string,
}
