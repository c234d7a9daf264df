/** The checks of a row operation that look at more than one value, in their order (protocol.md §12). */
import { DbError, type Row } from '@foldb/abi'
import { encodeKey } from '@foldb/state-tree'

import { toByteString } from './byte-string.ts'
import { type Entry, type RowId, prefixString } from './entry.ts'
import { type ForeignKeyLayout, type TableLayout, keyOf, pick } from './table-layout.ts'
import type { TableRows } from './table-rows.ts'

const NOT_NULL_VIOLATION = '23502'
const FOREIGN_KEY_VIOLATION = '23503'
const UNIQUE_VIOLATION = '23505'
const CHECK_VIOLATION = '23514'

/** @throws DbError 23502 for a null in a column that has none */
export function requireNotNull(columns: readonly number[], row: Row): void {
  for (const column of columns) if (row[column] === null) throw new DbError(NOT_NULL_VIOLATION)
}

/** @throws DbError 23514 for the first check that is false; unknown passes */
export function requireChecks({ checks }: TableLayout, row: Row): void {
  for (const { name, passes } of checks) if (passes(row) === false) throw new DbError(CHECK_VIOLATION, name)
}

/** @throws DbError 23505 for a primary key that is taken */
export function requireNew({ keyName }: TableLayout, existing: Entry | undefined): void {
  if (existing !== undefined) throw new DbError(UNIQUE_VIOLATION, keyName)
}

/** @throws DbError 23505 for the first unique index that another row has the same values in; nulls are distinct */
export function requireUnique(layout: TableLayout, rows: TableRows, entry: Entry, before: Entry | undefined): void {
  for (const [i, index] of layout.indexes.entries()) {
    const key = entry.indexKeys[i]
    if (!index.unique || key === undefined || key === before?.indexKeys[i]) continue
    if (index.columns.some((column) => entry.row[column] === null)) continue
    // a row's own entry with these values would be the one that `before` has, and that was left out above
    const taken = rows.order(index.number).startingWith(prefixString(layout, index, entry.row), 1)
    if (taken.length > 0) throw new DbError(UNIQUE_VIOLATION, index.name)
  }
}

/** The identity of the row that a foreign key names, or undefined when one of its columns is null. */
function targetId({ columns }: ForeignKeyLayout, target: TableLayout, row: Row): RowId | undefined {
  const values = pick(row, columns)
  if (values.includes(null)) return undefined
  return target.plainKey ? values[0]! : toByteString(encodeKey(target.number, 0, target.keyTypes, values))
}

/** @throws DbError 23503 for the first foreign key that names no row; a row may name itself */
export function requireTargets(layouts: readonly TableLayout[], all: readonly TableRows[], layout: TableLayout, entry: Entry): void {
  for (const foreignKey of layout.foreignKeys) {
    const { target } = foreignKey
    const id = targetId(foreignKey, layouts[target]!, entry.row)
    if (id === undefined || (target === layout.number && id === entry.id)) continue
    if (all[target]!.find(id) === undefined) throw new DbError(FOREIGN_KEY_VIOLATION, foreignKey.name)
  }
}

/** @throws DbError 23503 for the first foreign key by which another row names this one */
export function requireNoReferrers(all: readonly TableRows[], layout: TableLayout, entry: Entry): void {
  if (layout.referrers.length === 0) return
  const key = keyOf(layout, entry.row)
  for (const { constraint, table, index } of layout.referrers) {
    const prefix = toByteString(encodeKey(table, index, layout.keyTypes, key))
    const found = all[table]!.order(index).startingWith(prefix, 2)
    if (found.some((id) => table !== layout.number || id !== entry.id)) throw new DbError(FOREIGN_KEY_VIOLATION, constraint)
  }
}
