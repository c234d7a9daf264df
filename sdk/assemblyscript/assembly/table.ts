/// Tables: rows by key, without SQL. What the host refuses and nobody handles refuses the message.
import { DbError, errorOf, succeeded } from './db-error'
import { columnsOf, Fields, readRecord, Record } from './fields'
import { tablesDelete, tablesGet, tablesInsert, tablesPut, tablesScan } from './host'
import { EMPTY, RESULT } from './memory'
import { Range } from './range'
import { declareTable } from './registry'
import { Check, columnNumbers, ForeignKey, Index, TableSchema } from './schema'
import { Utf8 } from './text'
import { Values, VALUE_SIZE } from './value'

/// A table whose rows are `T`; made at top level, in the order in which tables are numbered.
export class Table<T extends Record> {
  readonly schema: TableSchema
  private name: Utf8

  constructor(name: string, primaryKey: string[]) {
    const columns = columnsOf<T>()
    this.name = new Utf8(name)
    this.schema = new TableSchema(name, columns, columnNumbers(columns, primaryKey))
    declareTable(this.schema)
  }

  index(name: string, columns: string[], unique: bool = false): Index {
    const all = this.schema.columns
    const index = new Index(name, all, columnNumbers(all, columns), unique)
    this.schema.indexes.push(index)
    return index
  }
  uniqueIndex(name: string, columns: string[]): Index {
    return this.index(name, columns, true)
  }
  check(name: string): Check {
    const check = new Check(name, this.schema.columns)
    this.schema.checks.push(check)
    return check
  }
  foreignKey(name: string, columns: string[], references: string): void {
    this.schema.foreignKeys.push(new ForeignKey(name, columnNumbers(this.schema.columns, columns), references))
  }

  /// The row under a primary key, or null.
  get(key: Values): T | null {
    tablesGet(this.name.pointer, this.name.length, key.pointer, key.length, RESULT)
    if (!succeeded() || load<u8>(RESULT, 4) == 0) return null
    return readRecord<T>(load<usize>(RESULT, 8), load<i32>(RESULT, 12))
  }
  /// Adds a row; `sql-23505` if its primary key or a unique index is taken.
  insert(row: T): void {
    this.callInsert(row)
    succeeded()
  }
  /// Adds a row, or says why it was refused.
  tryInsert(row: T): DbError | null {
    this.callInsert(row)
    return errorOf()
  }
  /// Replaces the row that has this primary key, or adds it.
  put(row: T): void {
    this.callPut(row)
    succeeded()
  }
  tryPut(row: T): DbError | null {
    this.callPut(row)
    return errorOf()
  }
  /// Removes the row under a primary key; says whether there was one.
  delete(key: Values): bool {
    tablesDelete(this.name.pointer, this.name.length, key.pointer, key.length, RESULT)
    return succeeded() && load<u8>(RESULT, 4) != 0
  }
  tryDelete(key: Values): DbError | null {
    tablesDelete(this.name.pointer, this.name.length, key.pointer, key.length, RESULT)
    return errorOf()
  }
  /// Rows in the order of an index, then of the primary key, which is the index `""`.
  scan(index: string, range: Range): T[] {
    if (!this.callScan(index, range)) return []
    const width = load<i32>(RESULT, 4)
    const cells = load<usize>(RESULT, 8)
    const count = width == 0 ? 0 : load<i32>(RESULT, 12) / width
    const rows = new Array<T>(count)
    for (let i = 0; i < count; i++) rows[i] = readRecord<T>(cells + <usize>(i * width) * VALUE_SIZE, width)
    return rows
  }
  /// The first row of an index whose columns begin with these values, or null.
  first(index: string, prefix: Values): T | null {
    const rows = this.scan(index, Range.of(prefix).limited(1))
    return rows.length == 0 ? null : rows[0]
  }
  /// Whether an index has a row whose columns begin with these values.
  has(index: string, prefix: Values): bool {
    return this.callScan(index, Range.of(prefix).limited(1)) && load<u32>(RESULT, 12) != 0
  }

  private writer(row: T): Fields {
    const fields = Fields.writer(this.schema.columns.length)
    row.fields(fields)
    return fields
  }
  private callInsert(row: T): void {
    const fields = this.writer(row)
    tablesInsert(this.name.pointer, this.name.length, fields.pointer, fields.length, RESULT)
  }
  private callPut(row: T): void {
    const fields = this.writer(row)
    tablesPut(this.name.pointer, this.name.length, fields.pointer, fields.length, RESULT)
  }
  private callScan(name: string, range: Range): bool {
    const index = new Utf8(name)
    const lower = range.lower
    const upper = range.upper
    tablesScan(
      this.name.pointer, this.name.length, index.pointer, index.length,
      range.lowerBound, lower === null ? EMPTY : lower.pointer, lower === null ? 0 : lower.length,
      range.upperBound, upper === null ? EMPTY : upper.pointer, upper === null ? 0 : upper.length,
      range.limit, range.descending ? 1 : 0, RESULT,
    )
    return succeeded()
  }
}
