/** The same row operations on PostgreSQL, whose own constraints decide: one statement an operation. */
import type { PGlite } from '@electric-sql/pglite'
import { type ColumnType, type Condition, DbError, type Row, type Table, type Value, fromHex, integerOf, toHex } from '@foldb/abi'

const SIGNS = { equal: '=', 'not-equal': '<>', less: '<', 'less-or-equal': '<=', greater: '>', 'greater-or-equal': '>=' } as const

function sqlType(type: ColumnType): string {
  if (typeof type === 'object') return `numeric(${type.numeric.precision},${type.numeric.scale})`
  return type === 'double-precision' ? 'double precision' : type
}

/** A canonical value as text that PostgreSQL reads. */
function sqlText(value: Exclude<Value, null>): string {
  return value instanceof Uint8Array ? `\\x${toHex(value)}` : String(value)
}

function literal(type: ColumnType, value: Value): string {
  return value === null ? 'NULL' : `'${sqlText(value).replaceAll("'", "''")}'::${sqlType(type)}`
}

function condition(table: Table, { column, comparison, operand }: Condition): string {
  const { name, type } = table.columns[column]!
  if (comparison === 'is-null') return `${name} IS NULL`
  if (comparison === 'is-not-null') return `${name} IS NOT NULL`
  return `${name} ${SIGNS[comparison]} ${'column' in operand ? table.columns[operand.column]!.name : literal(type, operand.constant)}`
}

function conjunction(table: Table, conditions: readonly Condition[]): string {
  return conditions.map((one) => `(${condition(table, one)})`).join(' AND ')
}

function namesOf(table: Table, columns: readonly number[]): string {
  return columns.map((column) => table.columns[column]!.name).join(', ')
}

/** All statements that declare some tables with all their constraints, in the order that PostgreSQL checks them. */
export function ddlOf(tables: readonly Table[]): string {
  const creates = tables.flatMap((table) => {
    const columns = table.columns.map(
      ({ name, type, nullable }) => `${name} ${sqlType(type)}${type === 'text' ? ' COLLATE "C"' : ''}${nullable ? '' : ' NOT NULL'}`,
    )
    const checks = table.checks.map(({ name, all }) => `CONSTRAINT ${name} CHECK (${conjunction(table, all)})`)
    const indexes = table.indexes.map(
      ({ name, columns: keys, unique, where }) =>
        `CREATE ${unique ? 'UNIQUE ' : ''}INDEX ${name} ON ${table.name} (${namesOf(table, keys)})${where.length > 0 ? ` WHERE ${conjunction(table, where)}` : ''};`,
    )
    return [
      `CREATE TABLE ${table.name} (${[...columns, `PRIMARY KEY (${namesOf(table, table.primaryKey)})`, ...checks].join(', ')});`,
      ...indexes,
    ]
  })
  const keys = tables.flatMap((table) =>
    table.foreignKeys.map(({ name, columns, references }) => {
      const target = tables.find((other) => other.name === references)!
      return `ALTER TABLE ${table.name} ADD CONSTRAINT ${name} FOREIGN KEY (${namesOf(table, columns)}) REFERENCES ${references} (${namesOf(target, target.primaryKey)});`
    }),
  )
  return [...creates, ...keys].join('\n')
}

function fromSql(type: ColumnType, text: string | null): Value {
  if (text === null) return null
  if (type === 'boolean') return text === 'true'
  if (type === 'smallint' || type === 'integer' || type === 'bigint') return integerOf(BigInt(text))
  if (type === 'double-precision') return Number(text)
  return type === 'bytea' ? fromHex(text.slice(2)) : text
}

/** Tables in a schema of their own, in one PGlite. */
export class PostgresTables {
  readonly #pg: PGlite
  readonly #tables: ReadonlyMap<string, Table>

  private constructor(pg: PGlite, tables: readonly Table[]) {
    this.#pg = pg
    this.#tables = new Map(tables.map((table) => [table.name, table]))
  }

  static async open(pg: PGlite, tables: readonly Table[]): Promise<PostgresTables> {
    await pg.exec(`SET TIME ZONE 'UTC'; DROP SCHEMA IF EXISTS s CASCADE; CREATE SCHEMA s; SET search_path = s;\n${ddlOf(tables)}`)
    return new PostgresTables(pg, tables)
  }

  /** Inserts a canonical row, or replaces the one that has its primary key. @throws DbError */
  async write(name: string, row: Row, replaces: boolean): Promise<void> {
    const table = this.#tables.get(name)!
    const columns = table.columns.map((column) => column.name)
    const values = table.columns.map(({ type }, i) => `$${i + 1}::text::${sqlType(type)}`)
    const sets = columns.map((column) => `${column} = excluded.${column}`)
    const conflict = replaces ? ` ON CONFLICT (${namesOf(table, table.primaryKey)}) DO UPDATE SET ${sets.join(', ')}` : ''
    await this.#run(`INSERT INTO ${name} (${columns.join(', ')}) VALUES (${values.join(', ')})${conflict}`, row)
  }

  /** @throws DbError */
  async delete(name: string, key: Row): Promise<boolean> {
    const table = this.#tables.get(name)!
    const tests = table.primaryKey.map(
      (column, i) => `${table.columns[column]!.name} = $${i + 1}::text::${sqlType(table.columns[column]!.type)}`,
    )
    return (await this.#run(`DELETE FROM ${name} WHERE ${tests.join(' AND ')}`, key)) === 1
  }

  /** The rows that an index holds, in its order. */
  async scan(name: string, indexName: string): Promise<Row[]> {
    const table = this.#tables.get(name)!
    const index = table.indexes.find((one) => one.name === indexName)
    const order = namesOf(table, [...(index?.columns ?? []), ...table.primaryKey])
    const where = index !== undefined && index.where.length > 0 ? ` WHERE ${conjunction(table, index.where)}` : ''
    const columns = table.columns.map((column) => `${column.name}::text`).join(', ')
    const { rows } = await this.#pg.query<(string | null)[]>(`SELECT ${columns} FROM ${name}${where} ORDER BY ${order}`, [], {
      rowMode: 'array',
    })
    return rows.map((row) => row.map((text, i) => fromSql(table.columns[i]!.type, text)))
  }

  async #run(text: string, values: Row): Promise<number> {
    try {
      const result = await this.#pg.query(
        text,
        values.map((value) => (value === null ? null : sqlText(value))),
      )
      return result.affectedRows ?? 0
    } catch (error) {
      const { code, constraint } = error as { code?: string; constraint?: string }
      if (code === undefined) throw error
      // PostgreSQL names the column of a null; the protocol names nothing
      throw new DbError(code, code === '23502' ? '' : (constraint ?? ''))
    }
  }
}
