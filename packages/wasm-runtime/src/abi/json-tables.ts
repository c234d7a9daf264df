/** The interface `tables-json` of the JSON world: one text in, one text out. wit/reducer.wit. */
import type { DbError } from '@foldb/abi'
import { type Bound, GuestTrap, type Range, type Tables } from '@foldb/derivation-core'
import { Budget } from './guest-memory.ts'
import { type HostContext, lowered } from './host-functions.ts'
import { countOf, quote, rowText, valuesOf } from './json-values.ts'

function boundOf(json: unknown, budget: Budget): Bound {
  if (json === null) return { kind: 'open' }
  if (Array.isArray(json) && json.length === 2 && (json[0] === 'inclusive' || json[0] === 'exclusive')) {
    return { kind: json[0], values: valuesOf(json[1], budget) }
  }
  throw new GuestTrap('bound: expected null, ["inclusive",[…]] or ["exclusive",[…]]')
}

function rangeOf(json: unknown, budget: Budget): Range {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw new GuestTrap('range: expected an object')
  const range = json as Record<string, unknown>
  for (const key of Object.keys(range)) {
    if (key !== 'lower' && key !== 'upper' && key !== 'limit' && key !== 'descending')
      throw new GuestTrap(`range: expected lower, upper, limit and descending, got ${quote(key)}`)
  }
  const { lower, upper, limit, descending } = range
  if (typeof descending !== 'boolean') throw new GuestTrap('range.descending: expected true or false')
  return { lower: boundOf(lower, budget), upper: boundOf(upper, budget), limit: countOf(limit, 'range.limit'), descending }
}

function text(json: unknown, what: string): string {
  if (typeof json !== 'string') throw new GuestTrap(`${what}: expected a text`)
  return json
}

function answer(context: HostContext, tables: Tables, request: readonly unknown[], budget: Budget): string {
  const expectLength = (length: number): void => {
    if (request.length !== length) throw new GuestTrap(`request: expected ${length} items, got ${request.length}`)
  }
  const method = request[0]
  expectLength(method === 'scan' ? 4 : 3)
  const table = text(request[1], 'table')
  switch (method) {
    case 'get': {
      const row = tables.get(table, valuesOf(request[2], budget))
      return row === undefined ? 'null' : rowText(row, context.crossings(table))
    }
    case 'insert':
      tables.insert(table, valuesOf(request[2], budget))
      return 'null'
    case 'put':
      tables.put(table, valuesOf(request[2], budget))
      return 'null'
    case 'delete':
      return tables.delete(table, valuesOf(request[2], budget)) ? 'true' : 'false'
    case 'scan': {
      const rows = tables.scan(table, text(request[2], 'index'), rangeOf(request[3], budget))
      const crossings = context.crossings(table)
      return `[${rows.map((row) => rowText(row, crossings)).join()}]`
    }
    default:
      throw new GuestTrap('request: expected get, insert, put, delete or scan, got another method')
  }
}

/** One request's text to its answer's. @throws GuestTrap for a malformed request, DbError for a refused one */
export function answerJson(context: HostContext, tables: Tables, request: string): string {
  let parsed: unknown
  try {
    parsed = JSON.parse(request)
  } catch {
    throw new GuestTrap('request: expected JSON, got another text')
  }
  if (!Array.isArray(parsed)) throw new GuestTrap('request: expected an array')
  return `["ok",${answer(context, tables, parsed, new Budget(context.profile.sizes.callBytes))}]`
}

/** The answer to a refused request. */
export function refusalJson({ sqlstate, constraint }: DbError): string {
  return `["error",${quote(sqlstate)},${quote(constraint)}]`
}

/** The functions of the interface, for the linker. */
export function jsonTableFunctions(context: HostContext): Record<string, unknown> {
  const { gate, profile } = context
  const call = lowered(context, (memory) =>
    gate.guard(
      (pointer: number, length: number, ret: number) => {
        const { host } = gate
        memory.refresh()
        const slot = memory.region(ret, 8, 4)
        if (length >>> 0 > profile.sizes.callBytes)
          throw new GuestTrap(`request: expected at most ${profile.sizes.callBytes} bytes, got ${length >>> 0}`)
        memory.putText(slot, answerJson(context, host.tables, memory.text(pointer, length)), new Budget(profile.sizes.callBytes))
      },
      (error, [, , ret]) => memory.putText(ret >>> 0, refusalJson(error), new Budget(profile.sizes.callBytes)),
    ),
  )
  return { call }
}
