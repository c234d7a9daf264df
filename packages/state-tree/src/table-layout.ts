/** Which columns of a table go into its keys and which into its rows; computed once for a table. protocol.md §8, §9. */
import type { Column, ColumnType, Table } from '@foldb/abi'

export interface TableLayout {
  readonly keyColumns: readonly number[]
  readonly keyTypes: readonly ColumnType[]
  /** Columns that are not in the primary key, in declared order. */
  readonly rowColumns: readonly number[]
  /** Columns of each secondary index, then those of the primary key. */
  readonly indexes: readonly { readonly columns: readonly number[]; readonly types: readonly ColumnType[] }[]
}

const layouts = new WeakMap<Table, TableLayout>()

export function tableLayout(table: Table): TableLayout {
  let layout = layouts.get(table)
  if (layout === undefined) layouts.set(table, (layout = createLayout(table)))
  return layout
}

function createLayout({ columns, primaryKey, indexes }: Table): TableLayout {
  const typesOf = (numbers: readonly number[]): ColumnType[] => numbers.map((number) => columnOf(columns, number).type)
  return {
    keyColumns: primaryKey,
    keyTypes: typesOf(primaryKey),
    rowColumns: columns.map((_, i) => i).filter((i) => !primaryKey.includes(i)),
    indexes: indexes.map((index) => {
      const numbers = [...index.columns, ...primaryKey]
      return { columns: numbers, types: typesOf(numbers) }
    }),
  }
}

function columnOf(columns: readonly Column[], number: number): Column {
  const column = columns[number]
  if (column === undefined) throw new RangeError(`expected a column below ${columns.length}, got ${number}`)
  return column
}
