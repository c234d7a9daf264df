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

/** One condition, or several that all have to hold. */
export type Where<C extends string> = Condition<C> | readonly Condition<C>[]

export interface IndexOptions {
  /** No two rows with these values; rows with a null among them are all distinct. */
  readonly unique?: boolean
  /** A partial index: only the rows for which all of these are true. */
  readonly where?: Where<string>
}

type ConditionColumns<W> = W extends Condition<infer C> ? C : W extends readonly Condition<infer C>[] ? C : never

/** The index that some options declare. */
export type IndexOf<K extends readonly string[], O extends IndexOptions> = Index<
  K,
  O extends { readonly unique: true } ? true : false,
  O extends { readonly where: infer W } ? ConditionColumns<W> : never
>

function conjunction(where: Where<string>): readonly Condition[] {
  return 'comparison' in where ? [where] : where
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
export function index<const K extends readonly string[], const O extends IndexOptions = {}>(columns: K, options?: O): IndexOf<K, O> {
  const made: Index = { columns, unique: options?.unique ?? false, where: conjunction(options?.where ?? []) }
  return made as IndexOf<K, O>
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
  readonly checks?: Readonly<Record<string, Where<keyof C & string>>>
  readonly foreignKeys?: Readonly<Record<string, Reference<keyof C & string>>>
}): Table<C, K, I> {
  const checks: Record<string, readonly Condition[]> = {}
  for (const [name, all] of Object.entries(declared.checks ?? {})) checks[name] = conjunction(all)
  return {
    columns: declared.columns,
    primaryKey: declared.primaryKey,
    indexes: declared.indexes ?? ({} as I),
    checks,
    foreignKeys: declared.foreignKeys ?? {},
  }
}
