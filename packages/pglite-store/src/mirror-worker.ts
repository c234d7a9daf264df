/** Entry of the worker in which a mirror lives: in Node a worker thread, in browsers a module worker. */
import type { MirrorPort } from './mirror-messages.ts'
import { IN_NODE } from './package-files.ts'
import { serveMirror } from './serve-mirror.ts'

// No top-level await: bundlers that make classic workers by default refuse it.
if (IN_NODE) void import('node:worker_threads').then(({ parentPort }) => parentPort !== null && serveMirror(parentPort))
else serveMirror(globalThis as unknown as MirrorPort)
