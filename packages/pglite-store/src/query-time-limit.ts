/** A watchdog for queries: PostgreSQL in WebAssembly cannot be interrupted, so its worker is ended. */
import { Fault } from '@foldb/abi'
import type { QueryResult } from '@foldb/derivation-core'
import type { ConnectedMirror } from './connect-mirror.ts'

/** The same mirror, gone when a query takes longer than that. */
export function withTimeLimit(mirror: ConnectedMirror, timeoutMs: number): ConnectedMirror {
  const query = mirror.query.bind(mirror)
  mirror.query = async (text, params): Promise<QueryResult> => {
    await mirror.ready
    const timer = setTimeout(() => {
      mirror.fail(
        new Fault('query-timeout', `expected an answer within ${timeoutMs} ms; the mirror was ended, open another`, {
          fields: { timeoutMs },
        }),
      )
      void mirror[Symbol.asyncDispose]()
    }, timeoutMs)
    try {
      return await query(text, params)
    } finally {
      clearTimeout(timer)
    }
  }
  return mirror
}
