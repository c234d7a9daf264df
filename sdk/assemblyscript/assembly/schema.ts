/// What a table is, as data: types, columns, conditions, indexes, checks and foreign keys.
import { Value } from './value'

export enum ColumnType {
  boolean,
  smallint,
  integer,
  bigint,
  doublePrecision,
  numeric,
  text,
  bytea,
  uuid,
  date,
  timestamptz,
  jsonb,
}

export class Column {
  constructor(
    public name: string,
    public type: ColumnType,
    public nullable: bool,
    /// of a numeric column
    public precision: u32 = 0,
    public scale: u32 = 0,
  ) {}
}

export enum Comparison {
  equal,
  notEqual,
  less,
  lessOrEqual,
  greater,
  greaterOrEqual,
  isNull,
  isNotNull,
}

/// `column comparison operand`: the operand is a constant, or another column of the row.
export class Condition {
  constructor(
    public column: u32,
    public comparison: Comparison,
    public constant: Value | null,
    public other: u32,
  ) {}
}

/// Conditions that all have to hold, on columns given by name.
export abstract class Conditions {
  conditions: Condition[] = []

  constructor(
    public name: string,
    protected columnNames: Column[],
  ) {}

  protected addConstant(column: string, comparison: Comparison, constant: Value): void {
    this.conditions.push(new Condition(columnNumber(this.columnNames, column), comparison, constant, 0))
  }
  protected addColumn(column: string, comparison: Comparison, other: string): void {
    const columns = this.columnNames
    this.conditions.push(new Condition(columnNumber(columns, column), comparison, null, columnNumber(columns, other)))
  }
}

/// An index; a partial one holds only the rows for which its conditions are true.
export class Index extends Conditions {
  constructor(
    name: string,
    all: Column[],
    public columns: u32[],
    public unique: bool,
  ) {
    super(name, all)
  }

  where(column: string, comparison: Comparison, constant: Value = Value.none()): Index {
    this.addConstant(column, comparison, constant)
    return this
  }
  whereColumn(column: string, comparison: Comparison, other: string): Index {
    this.addColumn(column, comparison, other)
    return this
  }
}

/// A row is refused when one of the conditions is false.
export class Check extends Conditions {
  that(column: string, comparison: Comparison, constant: Value = Value.none()): Check {
    this.addConstant(column, comparison, constant)
    return this
  }
  thatColumn(column: string, comparison: Comparison, other: string): Check {
    this.addColumn(column, comparison, other)
    return this
  }
}

/// Columns that hold the primary key of a row of another table.
export class ForeignKey {
  constructor(
    public name: string,
    public columns: u32[],
    public references: string,
  ) {}
}

/// A table without its row type: what the manifest says of it.
export class TableSchema {
  indexes: Index[] = []
  checks: Check[] = []
  foreignKeys: ForeignKey[] = []

  constructor(
    public name: string,
    public columns: Column[],
    public primaryKey: u32[],
  ) {}
}

/// A stored query for people.
export class View {
  constructor(
    public name: string,
    public query: string,
  ) {}
}

/// The number of a column; an unknown name is a mistake of the author and makes the component unloadable.
export function columnNumber(columns: Column[], name: string): u32 {
  for (let i = 0; i < columns.length; i++) if (columns[i].name == name) return i
  assert(false, 'no column ' + name)
  return 0
}

export function columnNumbers(columns: Column[], names: string[]): u32[] {
  const numbers = new Array<u32>(names.length)
  for (let i = 0; i < names.length; i++) numbers[i] = columnNumber(columns, names[i])
  return numbers
}
