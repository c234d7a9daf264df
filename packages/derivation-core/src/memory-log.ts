/** A log in memory: an array of messages behind the port. */
import { FoldbError, type Genesis } from '@foldb/abi'

import type { EncodedMessage, MessageLog } from './ports.ts'

/** Messages a batch. */
const BATCH = 1000

/** A log that grows at its end. */
export interface MemoryLog extends MessageLog {
  /** Number of messages: the position of the last one. */
  readonly size: number
  append(...messages: readonly EncodedMessage[]): void
}

function position(value: number, name: string): number {
  if (!Number.isSafeInteger(value) || value < 0) throw new FoldbError('bad-range', `${name}: expected a position, got ${value}`)
  return value
}

/**
 * A log over an array of canonical message bytes, which are copied.
 *
 * @example
 * const log = createMemoryLog(genesis, [encodeMessage(message)])
 * for await (const batch of log.read({ from: 1 })) for (const bytes of batch) fold.apply(bytes)
 */
export function createMemoryLog(genesis: Genesis, messages: readonly EncodedMessage[] = []): MemoryLog {
  const entries = messages.map((bytes) => bytes.slice())
  return {
    genesis,
    get size() {
      return entries.length
    },
    append(...more) {
      for (const bytes of more) entries.push(bytes.slice())
    },
    async *read({ from = 1, to = entries.length } = {}) {
      const end = Math.min(position(to, 'to'), entries.length)
      for (let at = Math.max(1, position(from, 'from')); at <= end; at += BATCH) {
        yield entries.slice(at - 1, Math.min(at - 1 + BATCH, end)).map((bytes) => bytes.slice())
      }
    },
  }
}
