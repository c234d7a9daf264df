/** The schema digest: protocol.md §6. */
import { array, encode, integer, map, text, type Node } from './cbor.ts'
import type { ColumnType, Condition, Table } from './column-type.ts'
import { H } from './hash.ts'
import type { Manifest, Param } from './manifest.ts'

const numbers = (columns: readonly number[]): Node => array(columns.map((column) => integer(column)))

function typeNode(type: ColumnType): Node {
  if (typeof type === 'string') return text(type)
  return map({ numeric: map({ precision: integer(type.numeric.precision), scale: integer(type.numeric.scale) }) })
}

function conditionNode({ column, comparison, operand }: Condition): Node {
  const inside = 'constant' in operand ? map({ constant: operand.constant }) : map({ column: integer(operand.column) })
  return map({ column: integer(column), comparison: text(comparison), operand: inside })
}

function tableNode(table: Table): Node {
  return map({
    name: text(table.name),
    columns: array(table.columns.map(({ name, type, nullable }) => map({ name: text(name), type: typeNode(type), nullable }))),
    'primary-key': numbers(table['primary-key']),
    indexes: array(
      table.indexes.map(({ name, columns, unique, where }) =>
        map({ name: text(name), columns: numbers(columns), unique, where: array(where.map(conditionNode)) }),
      ),
    ),
    checks: array(table.checks.map(({ name, all }) => map({ name: text(name), all: array(all.map(conditionNode)) }))),
    'foreign-keys': array(
      table['foreign-keys'].map(({ name, columns, references }) =>
        map({ name: text(name), columns: numbers(columns), references: text(references) }),
      ),
    ),
  })
}

export const schemaDigest = (tables: readonly Table[]): Uint8Array => H('foldb/schema/v1', encode(array(tables.map(tableNode))))

const paramsNode = (params: readonly Param[]): Node =>
  array(params.map(({ name, type, nullable }) => map({ name: text(name), type: text(type), nullable })))

/** Bytes of a whole manifest in the same encoding. */
export function manifestSize({ name, version, tables, views, genesis, messages, verdict }: Manifest): number {
  const whole = map({
    name: text(name),
    version: text(version),
    tables: array(tables.map(tableNode)),
    views: array(views.map((view) => map({ name: text(view.name), query: text(view.query) }))),
    genesis: paramsNode(genesis),
    messages: array(messages.map((kind) => map({ name: text(kind.name), params: paramsNode(kind.params) }))),
    verdict: text(verdict),
  })
  return encode(whole).length
}
