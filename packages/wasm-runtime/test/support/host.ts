/** A host over the fold's own tables that also keeps what was logged. */
import { DEFAULT_PROFILE, type Manifest } from '@foldb/abi'
import { createTables, type LogLevel, type ReducerHost, type ReducerMessage, type Tables } from '@foldb/derivation-core'

export interface TestHost extends ReducerHost {
  readonly lines: [LogLevel, string][]
}

export function hostFor(manifest: Manifest, tables: Tables = createTables(manifest.tables, DEFAULT_PROFILE)): TestHost {
  const lines: [LogLevel, string][] = []
  return {
    tables,
    lines,
    entropy: (count) => Uint8Array.from({ length: count }, (_, i) => i & 255),
    log: (level, text) => void lines.push([level, text]),
  }
}

export const message = (args: readonly (null | boolean | number | bigint | string | Uint8Array)[] = [], kind: string = 'add'): ReducerMessage => ({
  position: 1,
  sender: 'alice',
  time: 1_700_000_000_000,
  kind,
  args,
})
