/** Notes what a guest leaves in the glue, where no reset reaches: handles of resources above all. */
import { isHostFunction } from '../abi/host-functions.ts'

/** What the linker's own adapters import without keeping anything: reads and writes of memory, and the marks around a call within. */
const STATELESS = new Set(['async', 'augments'])

/** Notes when core code calls a function of the glue that is neither a host function nor another module's. */
export class GlueWatch {
  used = false
  readonly #known = new WeakSet<object>()

  /** Takes note of a module's own functions: calling them keeps nothing in the glue. */
  know(exports: WebAssembly.Exports): void {
    for (const item of Object.values(exports)) if (typeof item === 'function') this.#known.add(item)
  }

  /** The same imports, of which those that the glue answers are noted. */
  imports(given: WebAssembly.Imports = {}, isAdapter: boolean): WebAssembly.Imports {
    const watched: WebAssembly.Imports = {}
    for (const [from, items] of Object.entries(given)) {
      const entries = Object.entries(items).map(([name, item]) => [name, this.#watched(item)] as const)
      watched[from] = isAdapter && STATELESS.has(from) ? items : Object.fromEntries(entries)
    }
    return watched
  }

  #watched(item: WebAssembly.ImportValue): WebAssembly.ImportValue {
    if (typeof item !== 'function' || this.#known.has(item) || isHostFunction(item)) return item
    const run = item as (...args: unknown[]) => unknown
    return (...args: unknown[]) => {
      this.used = true
      return run(...args)
    }
  }
}
