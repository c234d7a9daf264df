/** A mirror in a worker of its own: the stack is large enough for any query, and the caller's thread stays free. */
import { Fault } from '@foldb/abi'
import { type ConnectedMirror, connectMirror } from './connect-mirror.ts'
import type { MirrorOptions } from './mirror-database.ts'
import type { MirrorPort } from './mirror-messages.ts'
import { IN_NODE } from './package-files.ts'
import { withTimeLimit } from './query-time-limit.ts'

export interface MirrorWorkerOptions extends MirrorOptions {
  /**
   * A query that takes longer ends the worker: it throws the Fault `query-timeout` and the mirror is gone. PostgreSQL's own timeouts do
   * not work here. Default: no limit.
   */
  readonly queryTimeoutMs?: number
}

/** PostgreSQL's own depth limit then always comes before the engine's. */
const STACK_MIB = 32

/**
 * Starts a worker with a mirror and gives it back as soon as the worker is spawned; PostgreSQL starts meanwhile. The worker keeps the
 * process alive only while somebody waits for an answer.
 *
 * @example
 * await using mirror = await openMirrorWorker({ tables: manifest.tables, views: manifest.views })
 * mirror.apply(fold.takeChanges(), fold.position)
 * const { rows } = await mirror.query('select * from units')
 */
export async function openMirrorWorker(options: MirrorWorkerOptions): Promise<ConnectedMirror> {
  const mirror = IN_NODE ? await openInNode(options) : openInBrowser(options)
  return options.queryTimeoutMs === undefined ? mirror : withTimeLimit(mirror, options.queryTimeoutMs)
}

async function openInNode(options: MirrorOptions): Promise<ConnectedMirror> {
  const { Worker: NodeWorker } = await import('node:worker_threads')
  const fromSource = import.meta.url.endsWith('.ts')
  const entry = new URL(fromSource ? './mirror-worker.ts' : './mirror-worker.js', import.meta.url)
  const worker = new NodeWorker(entry, {
    execArgv: fromSource ? ['--conditions=@foldb/source'] : [],
    resourceLimits: { stackSizeMb: STACK_MIB },
    name: 'foldb mirror',
  })
  const port: MirrorPort & { onmessage: unknown } = {
    postMessage: (message, transfer) => worker.postMessage(message, transfer),
    onmessage: undefined,
  }
  const mirror = connectMirror(port, options, {
    busy: () => worker.ref(),
    idle: () => worker.unref(),
    ended: () => worker.terminate(),
  })
  worker.on('message', (data: unknown) => (port.onmessage as (event: { data: unknown }) => void)({ data }))
  worker.on('error', (error) => mirror.fail(error))
  worker.on('exit', (code) => mirror.fail(`exit code ${code}`))
  return mirror
}

function openInBrowser(options: MirrorOptions): ConnectedMirror {
  const worker = new Worker(new URL('./mirror-worker.js', import.meta.url), { type: 'module' })
  const mirror = connectMirror(worker, options, { ended: async () => worker.terminate() })
  worker.onerror = (event) => mirror.fail(new Fault('mirror-failed', `the mirror's worker broke: ${event.message}`))
  return mirror
}
