/** A row with everything that the state tree holds for it: its key, its bytes and its index entries (protocol.md §8–§10). */
import { DbError, type Profile, type Row, type Value } from '@foldb/abi'
import { encodeKey, encodeRow, indexKey, rowKey } from '@foldb/state-tree'

import { toByteString } from './byte-string.ts'
import { TOO_LARGE } from './canonical-values.ts'
import { type IndexLayout, type TableLayout, pick } from './table-layout.ts'

/** What a row is found by: the value of a plain key, else the primary key's byte string. */
export type RowId = Value

/** Never changed in place. */
export interface Entry {
  readonly id: RowId
  /** Byte string of the primary key. */
  readonly key: string
  readonly row: Row
  readonly encoded: Uint8Array
  /** One a declared index: its byte string, or undefined when a partial index does not hold the row. */
  readonly indexKeys: readonly (string | undefined)[]
  /** What the row adds to the state's size: all its keys and its row bytes. */
  readonly bytes: number
}

/** A key as a byte string. @throws DbError 54000 with the index's name when it is over the limit */
function limited(key: Uint8Array, keyBytesMax: number, constraint: string): string {
  if (key.length > keyBytesMax) throw new DbError(TOO_LARGE, constraint)
  return toByteString(key)
}

/** The byte string of canonical primary key values. @throws DbError 54000 */
export function keyString(layout: TableLayout, values: readonly Value[], profile: Profile): string {
  return limited(encodeKey(layout.number, 0, layout.keyTypes, values), profile.sizes.key, layout.keyName)
}

function sameAt(columns: readonly number[], left: Row, right: Row): boolean {
  return columns.every((column) => left[column] === right[column])
}

function indexString(layout: TableLayout, index: IndexLayout, row: Row, profile: Profile): string | undefined {
  if (index.holds(row) !== true) return undefined
  return limited(indexKey(layout.number, index.number, layout.table, row), profile.sizes.key, index.name)
}

/**
 * The entry of a canonical row.
 * @param before the row that it would replace: what does not change is not computed again
 * @throws DbError 54000 for a key or a row over its limit
 */
export function createEntry(layout: TableLayout, row: Row, before: Entry | undefined, profile: Profile): Entry {
  const key = before?.key ?? limited(rowKey(layout.number, layout.table, row), profile.sizes.key, layout.keyName)
  const indexKeys = layout.indexes.map((index, i) =>
    before !== undefined && sameAt(index.reads, before.row, row) ? before.indexKeys[i] : indexString(layout, index, row, profile),
  )
  const encoded = encodeRow(layout.table, row)
  if (encoded.length > profile.sizes.row) throw new DbError(TOO_LARGE)
  let bytes = key.length + encoded.length
  for (const indexed of indexKeys) bytes += indexed?.length ?? 0
  return { id: layout.plainKey ? row[layout.key[0]!]! : key, key, row: Object.freeze(row), encoded, indexKeys, bytes }
}

/** The byte string with which every entry of an index for these leading values starts. */
export function prefixString(layout: TableLayout, index: IndexLayout, row: Row): string {
  return toByteString(encodeKey(layout.number, index.number, index.types, pick(row, index.columns)))
}
