/** Tables, row operations and answers in the JSON of vectors. */
import type { Condition, Table } from '@foldb/abi'
import type { Bound, Range } from '@foldb/derivation-core'
import type { HostAnswer, HostCall } from '@foldb/derivation-core/testing'
import { hex, tag, type Tagged } from './vector-file.ts'

export const ROW_VECTORS =
  'Tables as in a JSON manifest. Operations: {"op": "get" or "delete", "table", "key"}, {"op": "insert" or "put", "table", "row"}, {"op": "scan", "table", "index", "range"} with a range {"lower", "upper", "limit", "descending"} whose bounds are null (open), ["inclusive", values] or ["exclusive", values]. ' +
  'Answers: {"ok": null, a boolean, a row or rows}, {"error": [sqlstate, constraint]}, {"trap": true}.'

function valueJson(value: unknown): unknown {
  if (typeof value === 'bigint') return { $integer: `${value}` }
  return value instanceof Uint8Array ? { $bytes: Buffer.from(value).toString('base64') } : value
}

function conditionJson({ column, comparison, operand }: Condition): unknown {
  return { column, comparison, operand: 'column' in operand ? operand : { constant: valueJson(operand.constant) } }
}

/** A table with the names of the WIT. */
export function tableJson({ name, columns, primaryKey, indexes, checks, foreignKeys }: Table): unknown {
  return {
    name,
    columns,
    'primary-key': primaryKey,
    indexes: indexes.map((index) => ({ ...index, where: index.where.map(conditionJson) })),
    checks: checks.map((check) => ({ name: check.name, all: check.all.map(conditionJson) })),
    'foreign-keys': foreignKeys,
  }
}

function boundJson(bound: Bound): unknown {
  return bound.kind === 'open' ? null : [bound.kind, bound.values.map(tag)]
}

function rangeJson({ lower, upper, limit, descending }: Range): unknown {
  return { lower: boundJson(lower), upper: boundJson(upper), limit, descending }
}

export function callJson(call: HostCall): Record<string, unknown> {
  if (call.op === 'entropy') return { op: call.op, count: call.count }
  const { op, table } = call
  if (call.op === 'scan') return { op, table, index: call.index, range: rangeJson(call.range) }
  return call.op === 'get' || call.op === 'delete' ? { op, table, key: call.key.map(tag) } : { op, table, row: call.row.map(tag) }
}

export function answerJson(answer: HostAnswer): unknown {
  if ('bytes' in answer) return { bytes: hex(answer.bytes) }
  if (!('ok' in answer)) return answer
  const { ok } = answer
  if (!Array.isArray(ok)) return { ok }
  const isRows = ok.every((item) => Array.isArray(item))
  return { ok: isRows ? (ok as unknown[][]).map((row): Tagged[] => row.map(tag)) : ok.map(tag) }
}
