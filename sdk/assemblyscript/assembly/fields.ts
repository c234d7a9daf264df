/// One visitor per class does everything: it reads a row, writes a row, and lists the columns.
import { allocate } from './memory'
import { narrow } from './rejection'
import { Column, ColumnType } from './schema'
import { loadText, storeText } from './text'
import { loadBytes, loadValue, storeBytes, storeValue, Tag, Value, VALUE_SIZE } from './value'

enum Mode {
  read,
  write,
  describe,
}

/// A row of a table, or the arguments of a message.
export abstract class Record {
  /// Passes every field through the visitor, in the order of the columns: `this.x = f.integer('x', this.x)`.
  abstract fields(f: Fields): void
}

export class Fields {
  columns: Column[] = []

  private constructor(
    private mode: Mode,
    private start: usize,
    private at: usize,
    private end: usize,
  ) {}

  static writer(columns: i32): Fields {
    const start = allocate(<usize>columns * VALUE_SIZE)
    return new Fields(Mode.write, start, start, start + <usize>columns * VALUE_SIZE)
  }
  static reader(pointer: usize, columns: i32): Fields {
    return new Fields(Mode.read, pointer, pointer, pointer + <usize>columns * VALUE_SIZE)
  }
  static describer(): Fields {
    return new Fields(Mode.describe, 0, 0, 0)
  }

  get pointer(): usize {
    return this.start
  }
  get length(): i32 {
    return <i32>((this.at - this.start) / VALUE_SIZE)
  }

  boolean(name: string, value: bool): bool {
    const at = this.step(name, ColumnType.boolean, Tag.boolean)
    if (at == 0) return value
    if (this.mode == Mode.read) return load<u8>(at, 8) != 0
    store<u64>(at, value ? 1 : 0, 8)
    return value
  }
  /// The field may be any signed integer; what it cannot hold is refused as `out-of-range`.
  smallint<T>(name: string, value: T): T {
    return this.whole<T>(name, value, ColumnType.smallint)
  }
  integer<T>(name: string, value: T): T {
    return this.whole<T>(name, value, ColumnType.integer)
  }
  bigint<T>(name: string, value: T): T {
    return this.whole<T>(name, value, ColumnType.bigint)
  }
  float(name: string, value: f64): f64 {
    const at = this.step(name, ColumnType.doublePrecision, Tag.float)
    if (at == 0) return value
    if (this.mode == Mode.read) return load<f64>(at, 8)
    store<f64>(at, value, 8)
    return value
  }
  text(name: string, value: string): string {
    return this.textual(name, value, ColumnType.text)
  }
  /// PostgreSQL's text of a number: `12.50`.
  numeric(name: string, value: string, precision: u32, scale: u32): string {
    return this.textual(name, value, ColumnType.numeric, precision, scale)
  }
  uuid(name: string, value: string): string {
    return this.textual(name, value, ColumnType.uuid)
  }
  /// `YYYY-MM-DD`.
  date(name: string, value: string): string {
    return this.textual(name, value, ColumnType.date)
  }
  timestamptz(name: string, value: string): string {
    return this.textual(name, value, ColumnType.timestamptz)
  }
  jsonb(name: string, value: string): string {
    return this.textual(name, value, ColumnType.jsonb)
  }
  bytes(name: string, value: Uint8Array): Uint8Array {
    const at = this.step(name, ColumnType.bytea, Tag.bytes)
    if (at == 0) return value
    if (this.mode == Mode.read) return loadBytes(at + 8)
    storeBytes(at + 8, value)
    return value
  }
  /// A column that may be null, of any type: ask `isNull`, then `asInteger`, `asText` …
  nullable(name: string, type: ColumnType, value: Value, precision: u32 = 0, scale: u32 = 0): Value {
    if (this.mode == Mode.describe) {
      this.columns.push(new Column(name, type, true, precision, scale))
      return value
    }
    const at = this.advance()
    if (this.mode == Mode.read) return loadValue(at)
    storeValue(at, value)
    return value
  }

  private whole<T>(name: string, value: T, type: ColumnType): T {
    const at = this.step(name, type, Tag.integer)
    if (at == 0) return value
    if (this.mode == Mode.read) return narrow<T>(load<i64>(at, 8), name)
    store<i64>(at, <i64>value, 8)
    return value
  }
  private textual(name: string, value: string, type: ColumnType, precision: u32 = 0, scale: u32 = 0): string {
    const at = this.step(name, type, Tag.text, precision, scale)
    if (at == 0) return value
    if (this.mode == Mode.read) return loadText(at + 8)
    storeText(at + 8, value)
    return value
  }
  /// The address of the next value, with its tag written or checked; 0 while describing.
  private step(name: string, type: ColumnType, tag: Tag, precision: u32 = 0, scale: u32 = 0): usize {
    if (this.mode == Mode.describe) {
      this.columns.push(new Column(name, type, false, precision, scale))
      return 0
    }
    const at = this.advance()
    if (this.mode == Mode.write) store<u64>(at, tag)
    else assert(load<u8>(at) == tag, 'another type than the field has')
    return at
  }
  private advance(): usize {
    const at = this.at
    this.at = at + VALUE_SIZE
    assert(this.at <= this.end, 'more fields than columns')
    return at
  }
}

/// The columns that a record's visitor names.
export function columnsOf<T extends Record>(): Column[] {
  const describer = Fields.describer()
  instantiate<T>().fields(describer)
  return describer.columns
}

/// A record from values in memory.
export function readRecord<T extends Record>(pointer: usize, columns: i32): T {
  const record = instantiate<T>()
  record.fields(Fields.reader(pointer, columns))
  return record
}
