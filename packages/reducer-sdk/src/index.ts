/** What a TypeScript reducer is written against. */
export { DbError } from '@foldb/abi'
export { column, type ColumnReference, type Condition, eq, gt, gte, isNotNull, isNull, lt, lte, ne } from './condition.ts'
export type { Database, IndexAccess, KeyOf, ScanOptions, Scans, TableAccess, Tables } from './database.ts'
export {
  type Context,
  defineReducer,
  type GenesisArgs,
  type Handler,
  type InitContext,
  type MessageArgs,
  type MessageInfo,
  type Reducer,
  type ReducerDeclaration,
} from './define-reducer.ts'
export type { Entropy } from './entropy.ts'
export {
  bigint,
  boolean,
  bytea,
  date,
  doublePrecision,
  type Field,
  integer,
  jsonb,
  numeric,
  type ParamField,
  smallint,
  text,
  timestamptz,
  uuid,
  type ValueOf,
} from './field.ts'
export type { GuestHost, Log, LogLevel } from './host.ts'
export type { ArgsOf, Params } from './params.ts'
export { reject, Rejection } from './rejection.ts'
export {
  type Columns,
  type Index,
  index,
  type IndexOf,
  type IndexOptions,
  type NewRowOf,
  type Reference,
  references,
  type RowOf,
  type Table,
  table,
  type Where,
} from './table.ts'
