/** Workers in Node. */
import { parentPort, Worker } from 'node:worker_threads'

export interface Channel {
  post(message: unknown, transfer?: readonly ArrayBuffer[]): void
  onMessage(listener: (message: unknown) => void): void
}

export interface WorkerHandle extends Channel {
  onExit(listener: (reason: string) => void): void
  /** Whether the worker keeps the process alive: only while it owes an answer. */
  hold(alive: boolean): void
  terminate(): Promise<void>
}

/** Stack of the fold's worker in MiB: far above what the sandbox lets a guest use. */
const STACK_MIB = 32

/** Starts the fold's worker. */
export function spawnFoldWorker(): WorkerHandle {
  const source = import.meta.url.endsWith('.ts')
  const worker = new Worker(new URL(source ? '../engine/fold-worker.ts' : '../engine/fold-worker.js', import.meta.url), {
    execArgv: source ? ['--conditions=@foldb/source', '--disable-warning=ExperimentalWarning'] : [],
    resourceLimits: { stackSizeMb: STACK_MIB },
  })
  worker.unref()
  return {
    post: (message, transfer = []) => worker.postMessage(message, transfer),
    onMessage: (listener) => void worker.on('message', listener),
    onExit(listener) {
      worker.on('error', (error: Error) => listener(error.message))
      worker.on('exit', (code) => listener(`exit code ${code}`))
    },
    hold: (alive) => (alive ? worker.ref() : worker.unref()),
    terminate: async () => void (await worker.terminate()),
  }
}

/** The channel to whoever started this worker. */
export function parentChannel(): Channel {
  const port = parentPort
  if (port === null) throw new Error('this module runs in a worker')
  return {
    post: (message, transfer = []) => port.postMessage(message, transfer),
    onMessage: (listener) => void port.on('message', listener),
  }
}
