/** The schema digest: protocol.md §6. */
import { array, encode, integer, map, text, type Node } from './cbor.ts'
import type { ColumnType, Condition, Table } from './column-type.ts'
import { H } from './hash.ts'

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
