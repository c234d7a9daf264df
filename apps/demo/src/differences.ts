/** Where the tables of two states differ, by SQL. */
import type { Derivation, Manifest } from 'foldb'

export interface Difference {
  readonly table: string
  readonly key: string
  readonly column: string
  readonly ours: unknown
  readonly theirs: unknown
}

type Row = Readonly<Record<string, unknown>>

export async function findDifferences(ours: Derivation, theirs: Derivation): Promise<Difference[]> {
  const found: Difference[] = []
  for (const table of ours.manifest.tables) {
    const [a, b] = [await rowsByKey(ours, table), await rowsByKey(theirs, table)]
    for (const key of new Set([...a.keys(), ...b.keys()])) {
      const [left, right] = [a.get(key), b.get(key)]
      for (const { name } of table.columns) {
        if (String(left?.[name]) !== String(right?.[name]))
          found.push({ table: table.name, key, column: name, ours: left?.[name], theirs: right?.[name] })
      }
    }
  }
  return found
}

async function rowsByKey(db: Derivation, table: Manifest['tables'][number]): Promise<Map<string, Row>> {
  const key = table.primaryKey.map((column) => table.columns[column]!.name)
  const { rows } = await db.query<Row>(`SELECT * FROM "${table.name}" ORDER BY ${key.map((name) => `"${name}"`).join(', ')}`)
  return new Map(rows.map((row) => [key.map((name) => String(row[name])).join(', '), row]))
}
