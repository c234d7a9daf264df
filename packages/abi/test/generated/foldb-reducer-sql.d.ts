// Generated from wit/reducer.wit by scripts/generate-wit-types.ts. Do not edit.
/** @module Interface foldb:reducer/sql@0.1.0 **/
/**
 * A read. Rows without a total ORDER BY come back in canonical order.
 */
export function query(text: string, params: Array<Value>): Rows;
/**
 * An INSERT, UPDATE, DELETE or MERGE. Gives the number of rows it changed.
 */
export function execute(text: string, params: Array<Value>): number;
export type Value = import('./foldb-reducer-types.js').Value;
export type Rows = import('./foldb-reducer-types.js').Rows;
export type DbError = import('./foldb-reducer-types.js').DbError;
