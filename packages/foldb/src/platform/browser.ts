/** Workers in browsers. */
import type { Channel, WorkerHandle } from './node.ts'

export type { Channel, WorkerHandle } from './node.ts'

/** Starts the fold's worker. */
export function spawnFoldWorker(): WorkerHandle {
  const worker = new Worker(new URL('../engine/fold-worker.js', import.meta.url), { type: 'module' })
  return {
    post: (message, transfer = []) => worker.postMessage(message, [...transfer]),
    onMessage: (listener) => worker.addEventListener('message', (event) => listener(event.data)),
    onExit: (listener) => worker.addEventListener('error', (event) => listener(event.message)),
    hold: () => undefined,
    terminate: async () => worker.terminate(),
  }
}

/** The channel to whoever started this worker. */
export function parentChannel(): Channel {
  const scope = globalThis as unknown as Worker
  return {
    post: (message, transfer = []) => scope.postMessage(message, [...transfer]),
    onMessage: (listener) => scope.addEventListener('message', (event) => listener(event.data)),
  }
}
