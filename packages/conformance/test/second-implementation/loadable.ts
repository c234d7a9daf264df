/** What keeps a manifest from being loaded under the default profile, as paths: protocol.md §6. */
import { utf8 } from './bytes.ts'
import type { Scalar } from './cbor.ts'
import { canonical } from './canonical-value.ts'
import { sameType, type ColumnType, type Condition, type Table } from './column-type.ts'
import type { Manifest, Param } from './manifest.ts'
import { notations } from './notation.ts'
import { manifestSize } from './schema.ts'

const IDENTIFIER = /^[a-z][a-z0-9_]{0,62}$/
const TABLE = /^[a-z][a-z0-9_]{0,57}$/
const NAME = /^[a-z][a-z0-9_-]{0,63}$/
const SYSTEM = ['tableoid', 'xmin', 'cmin', 'xmax', 'cmax', 'ctid']

type Find = (bad: boolean, path: string) => void

const hasControl = (text: string): boolean => [...text].some((character) => character < ' ' || character === '\u007f')

/** Every path at which something is refused. */
export function findings(manifest: Manifest): string[] {
  const paths: string[] = []
  const find: Find = (bad, path) => void (bad && paths.push(path))
  find(manifest.tables.length > 1024, 'tables')
  find(manifest.views.length > 256, 'views')
  find(manifest.messages.length > 4096, 'messages')
  if (paths.length > 0) return paths
  for (const field of ['name', 'version'] as const) {
    const { length } = utf8(manifest[field])
    find(length < 1 || length > 128 || hasControl(manifest[field]), field)
  }
  names(manifest, find)
  for (const [i, table] of manifest.tables.entries()) ofTable(table, `tables[${i}]`, manifest, find)
  for (const [i, view] of manifest.views.entries()) find(view.query === '' || view.query.includes('\u0000'), `views[${i}].query`)
  ofParams(manifest.genesis, 'genesis', find)
  for (const [i, kind] of manifest.messages.entries()) ofParams(kind.params, `messages[${i}].params`, find)
  distinct(
    manifest.messages.map(({ name }, i) => [name, `messages[${i}].name`]),
    find,
  )
  for (const [i, kind] of manifest.messages.entries()) find(!NAME.test(kind.name), `messages[${i}].name`)
  find(manifest.verdict !== '' && !manifest.tables.some(({ name }) => name === manifest.verdict), 'verdict')
  if (paths.length === 0) find(manifestSize(manifest) > 4_194_304, 'manifest')
  return paths
}

function distinct(named: readonly (readonly [string, string])[], find: Find): void {
  const seen = new Set<string>()
  for (const [name, path] of named) {
    find(seen.has(name), path)
    seen.add(name)
  }
}

/** Names that share one space over the manifest. */
function names({ tables, views }: Manifest, find: Find): void {
  const named = tables.flatMap((table, i): (readonly [string, string])[] => [
    [table.name, `tables[${i}].name`],
    [`${table.name}_pkey`, `tables[${i}].name`],
    ...table.indexes.map(({ name }, k) => [name, `tables[${i}].indexes[${k}].name`] as const),
  ])
  const all = [...named, ...views.map(({ name }, i) => [name, `views[${i}].name`] as const)]
  distinct(all, find)
  for (const [name, path] of all) find(name.startsWith('pg_'), path)
  for (const [i, { name }] of tables.entries()) find(!TABLE.test(name), `tables[${i}].name`)
  for (const [i, { name }] of views.entries()) find(!IDENTIFIER.test(name), `views[${i}].name`)
}

function ofTable(table: Table, path: string, manifest: Manifest, find: Find): void {
  const { columns, indexes, checks, 'foreign-keys': references } = table
  find(columns.length < 1 || columns.length > 1024, `${path}.columns`)
  find(indexes.length > 32, `${path}.indexes`)
  find(checks.length > 128, `${path}.checks`)
  find(references.length > 32, `${path}.foreign-keys`)
  distinct(
    columns.map(({ name }, i) => [name, `${path}.columns[${i}].name`]),
    find,
  )
  for (const [i, { name, type }] of columns.entries()) {
    find(!IDENTIFIER.test(name) || SYSTEM.includes(name), `${path}.columns[${i}].name`)
    if (typeof type === 'string') continue
    find(type.numeric.precision < 1 || type.numeric.precision > 1000, `${path}.columns[${i}].type.numeric.precision`)
    find(type.numeric.scale > type.numeric.precision, `${path}.columns[${i}].type.numeric.scale`)
  }
  constraintNames(table, path, find)
  columnList(table, table['primary-key'], `${path}.primary-key`, ['double-precision', 'jsonb'], find)
  for (const [i, number] of table['primary-key'].entries()) find(columns[number]?.nullable === true, `${path}.primary-key[${i}]`)
  for (const [i, index] of indexes.entries()) {
    columnList(table, index.columns, `${path}.indexes[${i}].columns`, ['jsonb'], find)
    ofConditions(table, index.where, `${path}.indexes[${i}].where`, find)
  }
  for (const [i, { all }] of checks.entries()) {
    find(all.length === 0, `${path}.checks[${i}].all`)
    ofConditions(table, all, `${path}.checks[${i}].all`, find)
  }
  for (const [i, reference] of references.entries()) ofReference(table, reference, `${path}.foreign-keys[${i}]`, manifest, find)
}

function constraintNames(table: Table, path: string, find: Find): void {
  const named = (['indexes', 'checks', 'foreign-keys'] as const).flatMap((list) =>
    table[list].map(({ name }, i) => [name, `${path}.${list}[${i}].name`] as const),
  )
  distinct([[`${table.name}_pkey`, path], ...named], find)
  for (const [name, at] of named) find(!IDENTIFIER.test(name), at)
}

function columnList(table: Table, numbers: readonly number[], path: string, types: readonly ColumnType[], find: Find): void {
  find(numbers.length < 1 || numbers.length > 32 || new Set(numbers).size < numbers.length, path)
  for (const [i, number] of numbers.entries()) {
    const column = table.columns[number]
    find(column === undefined || types.includes(column.type), `${path}[${i}]`)
  }
}

function ofReference(
  table: Table,
  { columns, references }: Table['foreign-keys'][number],
  path: string,
  { tables }: Manifest,
  find: Find,
): void {
  columnList(table, columns, `${path}.columns`, [], find)
  const other = tables.find(({ name }) => name === references)
  if (other === undefined) return find(true, `${path}.references`)
  find(columns.length !== other['primary-key'].length, `${path}.columns`)
  for (const [i, number] of columns.entries())
    find(!sameType(table.columns[number]?.type, other.columns[other['primary-key'][i] ?? -1]?.type), `${path}.columns[${i}]`)
  const keys = [table['primary-key'], ...table.indexes.filter(({ where }) => where.length === 0).map((index) => index.columns)]
  find(!keys.some((key) => columns.every((number, i) => key[i] === number)), `${path}.columns`)
}

function ofConditions(table: Table, conditions: readonly Condition[], path: string, find: Find): void {
  find(conditions.length > 64, path)
  for (const [i, { column, comparison, operand }] of conditions.entries()) {
    const at = `${path}[${i}]`
    const type = table.columns[column]?.type
    if (type === undefined) find(true, `${at}.column`)
    else if (comparison.startsWith('is-')) find(!('constant' in operand && operand.constant === null), `${at}.operand`)
    else if (type === 'jsonb') find(true, `${at}.comparison`)
    else if ('column' in operand) find(!sameType(type, table.columns[operand.column]?.type), `${at}.operand.column`)
    else find(!isCanonical(type, operand.constant), `${at}.operand.constant`)
  }
}

function isCanonical(type: ColumnType, constant: Scalar): boolean {
  try {
    return constant !== null && notations(canonical(type, constant)) === notations(constant)
  } catch {
    return false
  }
}

function ofParams(params: readonly Param[], path: string, find: Find): void {
  find(params.length > 256, path)
  distinct(
    params.map(({ name }, i) => [name, `${path}[${i}].name`]),
    find,
  )
  for (const [i, { name }] of params.entries()) find(!NAME.test(name), `${path}[${i}].name`)
}
