/** DDL of a manifest's tables: bare for the mirror, with every constraint for people and tests. */
import type { Check, Column, Comparison, Condition, ForeignKey, Index, Operand, Table } from '@foldb/abi'
import { typeInfo } from './column-oid.ts'
import { literal, quote } from './sql-text.ts'

const OPERATORS: Readonly<Record<Exclude<Comparison, 'is-null' | 'is-not-null'>, string>> = {
  equal: '=',
  'not-equal': '<>',
  less: '<',
  'less-or-equal': '<=',
  greater: '>',
  'greater-or-equal': '>=',
}

/**
 * Tables with their primary keys and plain indexes only: a net change set in which two rows swap a unique value, or arrive before what
 * they refer to, still goes through. Unlogged, because the mirror is never recovered.
 */
export function mirrorDdl(tables: readonly Table[]): string {
  return tables
    .flatMap((table) => [
      `create unlogged table public.${quote(table.name)} (${[...table.columns.map((c) => column(c)), primaryKey(table)].join(', ')})`,
      ...table.indexes.map((index) => indexDdl(table, index, false)),
    ])
    .map((statement) => `${statement};\n`)
    .join('')
}

/** Tables with NOT NULL, primary and foreign keys, checks, unique and partial unique indexes, as a PostgreSQL of one's own would have them. */
export function schemaDdl(tables: readonly Table[]): string {
  const create = tables.flatMap((table) => [
    `create table ${quote(table.name)} (\n  ${[
      ...table.columns.map((c) => column(c)),
      primaryKey(table),
      ...table.checks.map((check) => checkDdl(table, check)),
    ].join(',\n  ')}\n)`,
    ...table.indexes.map((index) => indexDdl(table, index, index.unique)),
  ])
  const references = tables.flatMap((table) => table.foreignKeys.map((key) => foreignKeyDdl(table, key, tables)))
  return [...create, ...references].map((statement) => `${statement};\n`).join('')
}

function column({ name, type, nullable }: Column): string {
  return `${quote(name)} ${typeInfo(type).sql}${nullable ? '' : ' not null'}`
}

function names(table: Table, columns: readonly number[]): string {
  return columns.map((i) => quote(columnOf(table, i).name)).join(', ')
}

function primaryKey(table: Table): string {
  return `constraint ${quote(`${table.name}_pkey`)} primary key (${names(table, table.primaryKey)})`
}

function checkDdl(table: Table, check: Check): string {
  return `constraint ${quote(check.name)} check (${conditions(table, check.all)})`
}

function indexDdl(table: Table, index: Index, unique: boolean): string {
  const where = index.where.length === 0 ? '' : ` where ${conditions(table, index.where)}`
  return `create ${unique ? 'unique ' : ''}index ${quote(index.name)} on ${quote(table.name)} (${names(table, index.columns)})${where}`
}

function foreignKeyDdl(table: Table, key: ForeignKey, tables: readonly Table[]): string {
  const target = tables.find((t) => t.name === key.references)
  if (target === undefined)
    throw new RangeError(`expected table ${key.references}, which ${table.name}.${key.name} refers to, to be declared`)
  const to = `${quote(target.name)} (${names(target, target.primaryKey)})`
  return `alter table ${quote(table.name)} add constraint ${quote(key.name)} foreign key (${names(table, key.columns)}) references ${to}`
}

function conditions(table: Table, all: readonly Condition[]): string {
  return all.length === 0 ? 'true' : all.map((c) => condition(table, c)).join(' and ')
}

function condition(table: Table, { column: number, comparison, operand }: Condition): string {
  const left = columnOf(table, number)
  if (comparison === 'is-null') return `${quote(left.name)} is null`
  if (comparison === 'is-not-null') return `${quote(left.name)} is not null`
  return `${quote(left.name)} ${OPERATORS[comparison]} ${operandText(table, left, operand)}`
}

function operandText(table: Table, left: Column, operand: Operand): string {
  return 'column' in operand ? quote(columnOf(table, operand.column).name) : literal(left.type, operand.constant)
}

function columnOf(table: Table, number: number): Column {
  const found = table.columns[number]
  if (found === undefined)
    throw new RangeError(`expected table ${table.name} to have a column ${number}, got ${table.columns.length} columns`)
  return found
}
