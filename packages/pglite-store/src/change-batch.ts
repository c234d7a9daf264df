/** Change sets on their way to PostgreSQL: the last word on each key, then one binary COPY and one list of keys for each table. */
import { Fault, type Row, type Table, toHex, type Value } from '@foldb/abi'
import type { RowChange } from '@foldb/derivation-core'
import { binaryWriter, writeField } from './binary-value.ts'
import { typeInfo } from './column-oid.ts'
import { COPY_DATA, WireWriter } from './wire-writer.ts'

/** What happens to one table, in bytes that can be sent to another thread. */
export interface TableBatch {
  readonly table: number
  /** A binary array for each key column; none when the table was empty. */
  readonly deletes: readonly Uint8Array<ArrayBuffer>[]
  /** CopyData messages. */
  readonly copy: Uint8Array<ArrayBuffer>
  readonly rows: number
}

type KeyName = string | number | bigint | boolean

/** Size of one CopyData message, after which the next one begins. */
const COPY_MESSAGE_BYTES = 60_000
/** Signature, flags and the length of the header's extension of binary COPY. */
const COPY_HEADER = Uint8Array.of(0x50, 0x47, 0x43, 0x4f, 0x50, 0x59, 0x0a, 0xff, 0x0d, 0x0a, 0, 0, 0, 0, 0, 0, 0, 0, 0)

/** Change sets that were accepted but not yet written. */
export class PendingChanges {
  readonly #tables: readonly Table[]
  readonly #changes: Map<KeyName, RowChange>[]
  /** Tables that never had a row need no deletes. */
  readonly #filled: boolean[]
  #size = 0

  constructor(tables: readonly Table[]) {
    this.#tables = tables
    this.#changes = tables.map(() => new Map())
    this.#filled = tables.map(() => false)
  }

  /** Keys that have a change waiting. */
  get size(): number {
    return this.#size
  }

  /**
   * Takes a change set; a later change of a key replaces the earlier one.
   * @throws Fault `bad-mirror-change` for a table or a shape that the manifest does not have; nothing of the set is then taken.
   */
  add(changes: readonly RowChange[]): void {
    for (const change of changes) this.#check(change)
    for (const change of changes) {
      const waiting = this.#changes[change.table] as Map<KeyName, RowChange>
      const before = waiting.size
      waiting.set(keyName(change.key), change)
      this.#size += waiting.size - before
    }
  }

  /** All that waits, encoded; nothing waits afterwards. */
  take(): TableBatch[] {
    const batches: TableBatch[] = []
    this.#changes.forEach((waiting, number) => {
      if (waiting.size === 0) return
      const batch = this.#encode(number, [...waiting.values()])
      waiting.clear()
      if (batch.rows > 0) this.#filled[number] = true
      if (batch.rows > 0 || batch.deletes.length > 0) batches.push(batch)
    })
    this.#size = 0
    return batches
  }

  #check({ table: number, key, row }: RowChange): void {
    const table = this.#tables[number]
    if (table === undefined) throw new Fault('bad-mirror-change', `expected a table below ${this.#tables.length}, got ${number}`)
    if (key.length === table.primaryKey.length && (row === undefined || row.length === table.columns.length)) return
    const got = `${key.length} key and ${row?.length ?? 'no'} row values`
    throw new Fault(
      'bad-mirror-change',
      `expected ${table.primaryKey.length} key and ${table.columns.length} row values for ${table.name}, got ${got}`,
    )
  }

  #encode(number: number, changes: readonly RowChange[]): TableBatch {
    const table = this.#tables[number] as Table
    const rows = changes.flatMap(({ row }) => (row === undefined ? [] : [row]))
    const keys = this.#filled[number] === true ? changes.map(({ key }) => key) : []
    const deletes = keys.length === 0 ? [] : table.primaryKey.map((_, i) => keyArray(table, i, keys))
    return { table: number, deletes, copy: copyRows(table, rows), rows: rows.length }
  }
}

/** A key as one primitive; texts have no U+0000, so the join is unambiguous. */
function keyName(key: Row): KeyName {
  return key.length === 1 ? keyPart(key[0] as Value) : key.map((value) => String(keyPart(value))).join('\0')
}

function keyPart(value: Value): KeyName {
  if (value instanceof Uint8Array) return toHex(value)
  return value ?? 'null'
}

/** One key column of many keys as a binary array: one dimension, no nulls, element type, length, lower bound 1, elements. */
function keyArray(table: Table, part: number, keys: readonly Row[]): Uint8Array<ArrayBuffer> {
  const { type } = table.columns[table.primaryKey[part] as number] as Table['columns'][number]
  const writer = new WireWriter()
  const write = binaryWriter(type)
  writer.int32(1)
  writer.int32(0)
  writer.int32(typeInfo(type).oid)
  writer.int32(keys.length)
  writer.int32(1)
  for (const key of keys) writeField(writer, write, key[part] as Value)
  return writer.take().slice()
}

/** Rows as CopyData messages of the binary format, header and trailer included; empty for no rows. */
function copyRows(table: Table, rows: readonly Row[]): Uint8Array<ArrayBuffer> {
  const writer = new WireWriter()
  if (rows.length === 0) return writer.take()
  const writes = table.columns.map(({ type }) => binaryWriter(type))
  let start = writer.begin(COPY_DATA)
  writer.raw(COPY_HEADER)
  for (const row of rows) {
    if (writer.length - start > COPY_MESSAGE_BYTES) {
      writer.end(start)
      start = writer.begin(COPY_DATA)
    }
    writer.int16(writes.length)
    for (let i = 0; i < writes.length; i++) writeField(writer, writes[i] as (typeof writes)[number], row[i] as Value)
  }
  writer.int16(-1)
  writer.end(start)
  return writer.take().slice()
}
