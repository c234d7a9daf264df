/** Typed access to the tables: what `db` is to an author. */
import type { Columns, Index, NewRowOf, Prefix, RowOf, Table, ValuesOf } from './table.ts'

/** Tables by name. */
export type Tables = Readonly<Record<string, Table>>

/**
 * Which rows of an index, in its order. A bound is the first values of the index columns, as many as wanted: `from` and `to` include
 * it, `after` and `before` exclude it (and everything that starts with it).
 */
export interface ScanOptions<V extends readonly unknown[]> {
  readonly from?: Prefix<V>
  readonly after?: Prefix<V>
  readonly to?: Prefix<V>
  readonly before?: Prefix<V>
  /** At most this many rows, after the order is applied. */
  readonly limit?: number
  /** Reverses the order. */
  readonly descending?: boolean
}

/** Reads that every order of rows has. */
export interface Scans<R, V extends readonly unknown[]> {
  /** Rows in order. A scan of more rows than the profile allows traps. */
  scan(options?: ScanOptions<V>): R[]
  /** The rows whose first values are these, in order. */
  all(...prefix: Prefix<V>): R[]
}

/** Reads by a unique index. */
export interface Lookup<R, V extends readonly unknown[]> {
  /** The one row with these values. */
  get(...values: V): R | undefined
}

/** Reads by an index; `get` only when it is unique. */
export type IndexAccess<R, V extends readonly unknown[], U extends boolean> = Scans<R, V> & (U extends true ? Lookup<R, V> : unknown)

type NonNull<V extends readonly unknown[]> = { readonly [I in keyof V]: NonNullable<V[I]> }

type IndexValues<C extends Columns, I extends Index> = I['unique'] extends true
  ? NonNull<ValuesOf<C, I['columns']>>
  : ValuesOf<C, I['columns']>

/** Indexes of a table by name. */
export type IndexesOf<T extends Table> = {
  readonly [I in keyof T['indexes']]: IndexAccess<RowOf<T>, IndexValues<T['columns'], T['indexes'][I]>, T['indexes'][I]['unique']>
}

/** The primary key of a table as a tuple. */
export type KeyOf<T extends Table> = ValuesOf<T['columns'], T['primaryKey']>

/** What may be changed in a row: everything but its primary key. */
export type ChangesOf<T extends Table> = {
  readonly [K in Exclude<keyof T['columns'], T['primaryKey'][number]>]?: RowOf<T>[K & keyof RowOf<T>]
}

/**
 * One table. Every operation is checked by the engine; one that is refused throws a `DbError` with PostgreSQL's SQLSTATE and has
 * changed nothing. Uncaught, it rejects the message as `sql-<sqlstate>`.
 *
 * @example
 * const unit = db.units.get(7)
 * if (unit !== undefined) db.units.update(unit, { hp: unit.hp - 3 })
 */
export interface TableAccess<T extends Table> extends Scans<RowOf<T>, KeyOf<T>> {
  /** The row under a primary key. */
  get(...key: KeyOf<T>): RowOf<T> | undefined
  /** Whether there is a row under a primary key. */
  has(...key: KeyOf<T>): boolean
  /** Adds a row; `23505` when its primary key or a unique index is taken. */
  insert(row: NewRowOf<T>): void
  /** Replaces the row that has this primary key, or adds it. */
  put(row: NewRowOf<T>): void
  /** Writes a row that was read before with some columns changed, and gives the new row. */
  update(row: RowOf<T>, changes: ChangesOf<T>): RowOf<T>
  /** Removes the row under a primary key; says whether there was one. */
  delete(...key: KeyOf<T>): boolean
  /** Other orders of the rows: `db.units.by.cell.get(x, y)`. */
  readonly by: IndexesOf<T>
}

/** All tables of a reducer. */
export type Database<T extends Tables> = { readonly [K in keyof T]: TableAccess<T[K]> }
