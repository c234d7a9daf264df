/** Entry of the worker in which a mirror lives: in Node a worker thread, in browsers a module worker. */
import type { MirrorPort } from './mirror-messages.ts'
import { IN_NODE } from './package-files.ts'
import { serveMirror } from './serve-mirror.ts'

if (IN_NODE) {
  const { parentPort } = await import('node:worker_threads')
  if (parentPort !== null) serveMirror(parentPort)
} else {
  serveMirror(globalThis as unknown as MirrorPort)
}
