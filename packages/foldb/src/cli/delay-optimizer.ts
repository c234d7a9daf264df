/** Keeps V8's optimizing compiler from PostgreSQL, which costs it 400 MiB and, in a short process, more time than it saves. */
import { setFlagsFromString } from 'node:v8'

/** Work of one WebAssembly function before it is optimized: 38 times V8's default. A reducer in a long log still gets there. */
const TIERING_BUDGET = 500_000_000

/** Belongs to the first lines of a process: V8's flags are everybody's, and must not change while other threads compile. */
export function delayOptimizer(): void {
  setFlagsFromString(`--wasm-tiering-budget=${TIERING_BUDGET}`)
}
