/** Hosts for tests: one that records what the guest asked, over answers that a test gives. */
import type { Value } from '@foldb/abi'
import type { LogLevel, Range, ReducerHost, ReducerMessage, Tables } from '@foldb/derivation-core'

export interface TestHost extends ReducerHost {
  readonly asked: unknown[][]
  readonly lines: [LogLevel, string][]
}

/** A host that records every call and answers with `tables`, else with nothing. */
export function recordingHost(tables: Partial<Tables> = {}, more: Partial<ReducerHost> = {}): TestHost {
  const asked: unknown[][] = []
  const lines: [LogLevel, string][] = []
  const note = (...call: unknown[]): void => void asked.push(call)
  return {
    asked,
    lines,
    tables: {
      get: (table, key) => (note('get', table, key), tables.get?.(table, key)),
      insert: (table, row) => (note('insert', table, row), tables.insert?.(table, row)),
      put: (table, row) => (note('put', table, row), tables.put?.(table, row)),
      delete: (table, key) => (note('delete', table, key), tables.delete?.(table, key) ?? false),
      scan: (table, index, range: Range) => (note('scan', table, index, range), tables.scan?.(table, index, range) ?? []),
    },
    entropy: more.entropy ?? ((count) => Uint8Array.from({ length: count }, (_, i) => i & 255)),
    log: more.log ?? ((level, text) => void lines.push([level, text])),
  }
}

export function message(args: readonly Value[] = [], kind: string = 'add'): ReducerMessage {
  return { position: 1, sender: 'alice', time: 1_700_000_000_000, kind, args }
}
