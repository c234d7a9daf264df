/** All tables of a reducer in memory: row operations, one undo layer a message, net changes (protocol.md §12). */
import { DbError, FoldbError, type Profile, type Row, type Table, type Value, equalBytes } from '@foldb/abi'
import type { TreeEntry } from '@foldb/state-tree'

import { fromByteString } from './byte-string.ts'
import { TOO_LARGE, WRONG_COUNT, canonicalValues } from './canonical-values.ts'
import { ChangeSet } from './change-set.ts'
import { requireChecks, requireNew, requireNoReferrers, requireNotNull, requireTargets, requireUnique } from './constraints.ts'
import { type Entry, createEntry, keyString } from './entry.ts'
import { GuestTrap, type Range, type RowChange, type Tables } from './ports.ts'
import { type Scanned, stringRange } from './scan-bounds.ts'
import { type TableLayout, compileTables, keyOf, pick } from './table-layout.ts'
import { TableRows } from './table-rows.ts'

const UNKNOWN_TABLE = '42P01'
const UNKNOWN_INDEX = '42704'

/** The tables of a fold. Rows that come out are frozen, and share no bytes with the state. */
export interface StateTables extends Tables {
  /** Rises with every change, also with one that is undone. */
  readonly version: number
  /** What all entries of the state tree take: Σ key bytes + row bytes. */
  readonly bytes: number
  /** Starts a message: until `commit` or `rollback`, every effect can be undone. */
  begin(): void
  commit(): void
  /** Undoes every effect since `begin`. */
  rollback(): void
  /** The net changes since this was last called, by table, then in primary key order. */
  takeChanges(): RowChange[]
  /** Everything that the state tree holds, by table. */
  treeEntries(): TreeEntry[]
  /** All rows of a table in primary key order. @throws FoldbError `unknown-table` */
  rows(table: string): Row[]
  /** Number of rows. @throws FoldbError `unknown-table` */
  count(table: string): number
}

interface Effect {
  readonly table: number
  readonly before: Entry | undefined
  readonly after: Entry | undefined
}

const NO_BYTES = new Uint8Array(0)

class MemoryTables implements StateTables {
  readonly #profile: Profile
  readonly #layouts: readonly TableLayout[]
  readonly #byName: ReadonlyMap<string, TableLayout>
  readonly #rows: readonly TableRows[]
  readonly #changes: readonly ChangeSet[]
  #undo: Effect[] | undefined
  #bytes = 0
  #version = 0

  constructor(tables: readonly Table[], profile: Profile) {
    this.#profile = profile
    this.#layouts = compileTables(tables)
    this.#byName = new Map(this.#layouts.map((layout) => [layout.table.name, layout]))
    this.#rows = tables.map(({ indexes }) => new TableRows(indexes.length))
    this.#changes = tables.map(() => new ChangeSet())
  }

  get version(): number {
    return this.#version
  }

  get bytes(): number {
    return this.#bytes
  }

  get(table: string, key: readonly Value[]): Row | undefined {
    const layout = this.#layout(table)
    const entry = this.#findKey(layout, key)
    return entry === undefined ? undefined : outgoing(layout, entry.row)
  }

  insert(table: string, row: readonly Value[]): void {
    this.#write(this.#layout(table), row, false)
  }

  put(table: string, row: readonly Value[]): void {
    this.#write(this.#layout(table), row, true)
  }

  delete(table: string, key: readonly Value[]): boolean {
    const layout = this.#layout(table)
    const entry = this.#findKey(layout, key)
    if (entry === undefined) return false
    requireNoReferrers(this.#rows, layout, entry)
    this.#apply(layout.number, entry, undefined)
    return true
  }

  scan(table: string, index: string, range: Range): readonly Row[] {
    const layout = this.#layout(table)
    const scanned = scannedOf(layout, index)
    const { from, to } = stringRange(scanned, range, this.#profile)
    const { scanRows } = this.#profile.numbers
    const wanted = range.limit === 0 ? Number.POSITIVE_INFINITY : range.limit
    const rows = this.#rows[layout.number]!
    const ids = rows.order(scanned.index).range(from, to, range.descending, Math.min(wanted, scanRows + 1))
    if (ids.length > scanRows) throw new GuestTrap(`scan of ${table}: expected at most ${scanRows} rows; give a limit`)
    return ids.map((id) => outgoing(layout, rows.find(id)!.row))
  }

  begin(): void {
    if (this.#undo !== undefined) throw new FoldbError('message-open', 'a message is open: expected commit or rollback before begin')
    this.#undo = []
  }

  commit(): void {
    this.#close()
  }

  rollback(): void {
    for (const { table, before, after } of this.#close().reverse()) this.#replace(table, after, before)
  }

  takeChanges(): RowChange[] {
    if (this.#undo !== undefined) throw new FoldbError('message-open', 'a message is open: expected commit or rollback before its changes')
    return this.#layouts.flatMap((layout) => {
      const rows = this.#rows[layout.number]!
      return this.#changes[layout.number]!.take((id) => rows.find(id)).map(({ before, after }) => ({
        table: layout.number,
        key: keyOf(layout, outgoing(layout, (after ?? before)!.row)),
        row: after === undefined ? undefined : outgoing(layout, after.row),
      }))
    })
  }

  treeEntries(): TreeEntry[] {
    const entries: TreeEntry[] = []
    for (const rows of this.#rows) {
      for (const { key, encoded, indexKeys } of rows.entries()) {
        entries.push({ key: fromByteString(key), row: encoded })
        for (const indexed of indexKeys) if (indexed !== undefined) entries.push({ key: fromByteString(indexed), row: NO_BYTES })
      }
    }
    return entries
  }

  rows(table: string): Row[] {
    const layout = this.#declared(table)
    return [...this.#rows[layout.number]!.entries()].map(({ row }) => outgoing(layout, row))
  }

  count(table: string): number {
    return this.#rows[this.#declared(table).number]!.size
  }

  #layout(table: string): TableLayout {
    const layout = this.#byName.get(table)
    if (layout === undefined) throw new DbError(UNKNOWN_TABLE)
    return layout
  }

  #declared(table: string): TableLayout {
    const layout = this.#byName.get(table)
    if (layout === undefined) throw new FoldbError('unknown-table', `unknown table: got ${JSON.stringify(table)}`)
    return layout
  }

  /** The entry under a primary key that a guest wrote. */
  #findKey(layout: TableLayout, key: readonly Value[]): Entry | undefined {
    if (key.length !== layout.key.length) throw new DbError(WRONG_COUNT)
    const values = canonicalValues(layout.keyTypes, key, this.#profile.sizes.value)
    const entry = this.#find(layout, values)
    if (entry !== undefined) return entry
    keyString(layout, values, this.#profile)
    requireNotNull([...values.keys()], values)
    return undefined
  }

  #find(layout: TableLayout, key: readonly Value[]): Entry | undefined {
    return this.#rows[layout.number]!.find(layout.plainKey ? key[0]! : keyString(layout, key, this.#profile))
  }

  #write(layout: TableLayout, values: readonly Value[], replaces: boolean): void {
    const profile = this.#profile
    if (values.length !== layout.types.length) throw new DbError(WRONG_COUNT)
    const row = canonicalValues(layout.types, values, profile.sizes.value)
    const existing = this.#find(layout, pick(row, layout.key))
    const entry = createEntry(layout, row, existing, profile)
    const before = replaces ? existing : undefined
    if (this.#bytes + entry.bytes - (before?.bytes ?? 0) > profile.stateBytes) throw new DbError(TOO_LARGE)
    requireNotNull(layout.notNull, row)
    requireChecks(layout, row)
    if (!replaces) requireNew(layout, existing)
    else if (before !== undefined && equalBytes(before.encoded, entry.encoded)) return
    const rows = this.#rows[layout.number]!
    requireUnique(layout, rows, entry, before)
    requireTargets(this.#layouts, this.#rows, layout, entry)
    this.#apply(layout.number, before, entry)
  }

  #apply(table: number, before: Entry | undefined, after: Entry | undefined): void {
    this.#replace(table, before, after)
    this.#undo?.push({ table, before, after })
  }

  #replace(table: number, before: Entry | undefined, after: Entry | undefined): void {
    this.#rows[table]!.replace(before, after)
    this.#changes[table]!.note(before, after)
    this.#bytes += (after?.bytes ?? 0) - (before?.bytes ?? 0)
    this.#version++
  }

  #close(): Effect[] {
    const effects = this.#undo
    if (effects === undefined) throw new FoldbError('message-not-open', 'no message is open: expected begin before commit or rollback')
    this.#undo = undefined
    return effects
  }
}

function scannedOf(layout: TableLayout, name: string): Scanned {
  if (name === '') return { table: layout.number, index: 0, name: layout.keyName, types: layout.keyTypes }
  const index = layout.indexByName.get(name)
  if (index === undefined) throw new DbError(UNKNOWN_INDEX)
  return { table: layout.number, index: index.number, name, types: index.types }
}

/** A row as it leaves the state: frozen, with bytes of its own. */
function outgoing(layout: TableLayout, row: Row): Row {
  if (layout.bytea.length === 0) return row
  const copy = row.slice()
  for (const column of layout.bytea) {
    const value = copy[column]
    if (value instanceof Uint8Array) copy[column] = value.slice()
  }
  return Object.freeze(copy)
}

/**
 * Empty tables for a manifest that is valid.
 *
 * @example
 * const tables = createTables(manifest.tables, DEFAULT_PROFILE)
 * tables.insert('units', [1, 'archer', 30])
 */
export function createTables(tables: readonly Table[], profile: Profile): StateTables {
  return new MemoryTables(tables, profile)
}
