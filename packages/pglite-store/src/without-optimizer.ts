/** Keeps V8's optimizing compiler away from PostgreSQL in Node: its expression interpreter alone takes 580 MiB to optimize. */
import { IN_NODE } from './package-files.ts'

const OFF = ['--no-wasm-tier-up', '--no-wasm-dynamic-tiering']
const ON = ['--wasm-tier-up', '--wasm-dynamic-tiering']

/**
 * Runs something; what is compiled from WebAssembly meanwhile stays with baseline code. The flags are the whole process's, so `work` is
 * synchronous and should be short.
 */
export async function withoutOptimizer<T>(work: () => T): Promise<T> {
  if (!IN_NODE) return work()
  const { setFlagsFromString } = await import('node:v8')
  OFF.forEach((flag) => setFlagsFromString(flag))
  try {
    return work()
  } finally {
    ON.forEach((flag) => setFlagsFromString(flag))
  }
}
