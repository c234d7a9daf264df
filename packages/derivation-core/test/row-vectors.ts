/** Reads tables, row operations and answers from the JSON of vectors. */
import type { Row, Table, Value } from '@foldb/abi'

import { parseManifest } from '../src/manifest-json.ts'
import type { Bound } from '../src/ports.ts'
import type { HostAnswer, HostCall } from '../src/testing/scripted-reducer.ts'
import { fromHex, untag } from './vectors.ts'

type Tagged = Parameters<typeof untag>[0]
type BoundJson = null | readonly ['inclusive' | 'exclusive', readonly Tagged[]]

export interface CallJson {
  readonly op: string
  readonly table: string
  readonly key?: readonly Tagged[]
  readonly row?: readonly Tagged[]
  readonly index?: string
  readonly range?: { readonly lower: BoundJson; readonly upper: BoundJson; readonly limit: number; readonly descending: boolean }
  readonly count?: number
  readonly expected: AnswerJson
}

export type AnswerJson =
  | { readonly ok: null | boolean | readonly (Tagged | readonly Tagged[])[] }
  | { readonly error: readonly [string, string] }
  | { readonly trap: true }
  | { readonly bytes: string }

export function tablesOf(tables: unknown): readonly Table[] {
  return parseManifest(JSON.stringify({ name: 'n', version: '1', tables, views: [], genesis: [], messages: [], verdict: '' })).tables
}

function valuesOf(cells: readonly Tagged[]): Value[] {
  return cells.map((cell) => untag(cell) as Value)
}

function boundOf(bound: BoundJson): Bound {
  return bound === null ? { kind: 'open' } : { kind: bound[0], values: valuesOf(bound[1]) }
}

export function callOf({ op, table, key, row, index, range, count }: CallJson): HostCall {
  if (op === 'entropy') return { op, count: count! }
  if (op === 'insert' || op === 'put') return { op, table, row: valuesOf(row!) }
  if (op === 'get' || op === 'delete') return { op, table, key: valuesOf(key!) }
  return { op: 'scan', table, index: index!, range: { ...range!, lower: boundOf(range!.lower), upper: boundOf(range!.upper) } }
}

export function answerFrom(answer: AnswerJson): HostAnswer {
  if ('bytes' in answer) return { bytes: fromHex(answer.bytes) }
  if (!('ok' in answer)) return answer
  const { ok } = answer
  if (ok === null || typeof ok === 'boolean') return { ok }
  const rows = ok.map((item): Value | Row => (Array.isArray(item) ? valuesOf(item as readonly Tagged[]) : (untag(item as Tagged) as Value)))
  return { ok: rows as Row | readonly Row[] }
}
