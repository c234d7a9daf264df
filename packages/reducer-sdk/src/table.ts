/** Tables as data: columns, keys, indexes, checks and references, each declared once. */
import type { Condition } from './condition.ts'
import type { AnyField, Field, ValueOf } from './field.ts'

/** Columns by name, in declared order. */
export type Columns = Readonly<Record<string, AnyField>>

/** An index over some columns of its table. */
export interface Index<K extends readonly string[] = readonly string[], U extends boolean = boolean, W extends string = string> {
  readonly columns: K
  readonly unique: U
  readonly where: readonly Condition<W>[]
}

/** Columns that hold the primary key of another table. */
export interface Reference<C extends string = string> {
  readonly columns: readonly C[]
  readonly table: string
}

type Indexes<C extends string> = Readonly<Record<string, Index<readonly C[], boolean, C>>>

/** A declared table; its name is its place in `tables` of `defineReducer`. */
export interface Table<
  C extends Columns = Columns,
  K extends readonly string[] = readonly string[],
  I extends Readonly<Record<string, Index>> = Readonly<Record<string, Index>>,
> {
  readonly columns: C
  readonly primaryKey: K
  readonly indexes: I
  readonly checks: Readonly<Record<string, readonly Condition[]>>
  readonly foreignKeys: Readonly<Record<string, Reference>>
}

type Simplify<T> = { [K in keyof T]: T[K] }

type NullableNames<C extends Columns> = { [K in keyof C]: C[K] extends Field<unknown, true> ? K : never }[keyof C]

/** A row of a table as it is read. */
export type RowOf<T extends Table> = Simplify<{ readonly [K in keyof T['columns']]: ValueOf<T['columns'][K]> }>

/** A row of a table as it is written: a nullable column may be left out and is then null. */
export type NewRowOf<T extends Table> = Simplify<
  { readonly [K in Exclude<keyof T['columns'], NullableNames<T['columns']>>]: ValueOf<T['columns'][K]> } & {
    readonly [K in NullableNames<T['columns']>]?: ValueOf<T['columns'][K]> | undefined
  }
>

/** The values of some columns, in that order. */
export type ValuesOf<C extends Columns, K extends readonly string[]> = {
  readonly [I in keyof K]: K[I] extends keyof C ? ValueOf<C[K[I]]> : never
}

/** The first values of a tuple, any number of them. */
export type Prefix<T extends readonly unknown[]> = T extends readonly [...infer Rest, unknown] ? T | Prefix<Rest> : T

/**
 * An index, named `<table>_<its name in the table>` in PostgreSQL.
 *
 * @example
 * indexes: { cell: index(['x', 'y'], { unique: true, where: gt('hp', 0) }) }
 */
export function index<const K extends readonly string[], const U extends boolean = false, const W extends string = K[number]>(
  columns: K,
  options: { readonly unique?: U; readonly where?: Condition<W> | readonly Condition<W>[] } = {},
): Index<K, U, W> {
  const where = options.where ?? []
  return { columns, unique: (options.unique ?? false) as U, where: Array.isArray(where) ? where : [where as Condition<W>] }
}

/** Columns that hold the primary key of another table; such a row cannot be deleted while it is referred to. */
export function references<const C extends string>(columns: readonly C[], tableName: string): Reference<C> {
  return { columns, table: tableName }
}

/**
 * Declares a table. Indexes, checks and foreign keys are named by their key here; in PostgreSQL as `<table>_<name>`.
 *
 * @example
 * const units = table({
 *   columns: { id: integer(), x: integer(), y: integer(), hp: integer() },
 *   primaryKey: ['id'],
 *   indexes: { cell: index(['x', 'y'], { unique: true, where: gt('hp', 0) }) },
 * })
 */
export function table<
  const C extends Columns,
  const K extends readonly [keyof C & string, ...(keyof C & string)[]],
  const I extends Indexes<keyof C & string> = {},
>(declared: {
  readonly columns: C
  readonly primaryKey: K
  readonly indexes?: I
  readonly checks?: Readonly<Record<string, Condition<keyof C & string> | readonly Condition<keyof C & string>[]>>
  readonly foreignKeys?: Readonly<Record<string, Reference<keyof C & string>>>
}): Table<C, K, I> {
  const checks: Record<string, readonly Condition[]> = {}
  for (const [name, all] of Object.entries(declared.checks ?? {})) checks[name] = Array.isArray(all) ? all : [all as Condition]
  return {
    columns: declared.columns,
    primaryKey: declared.primaryKey,
    indexes: declared.indexes ?? ({} as I),
    checks,
    foreignKeys: declared.foreignKeys ?? {},
  }
}
