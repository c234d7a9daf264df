/** An admitted component, compiled: instantiate it as often as needed. Glue and modules are kept in memory by the component's digest. */
import { Fault } from '@foldb/abi'
import type { CoreInstance, CoreItem } from '../component/evaluate.ts'
import { exposeState } from '../core-module/expose.ts'
import type { Linked } from './generate.ts'
import { GlueWatch } from './glue-watch.ts'
import { type ImportObject, type Instantiate, loadGlue } from './load-glue.ts'

/** A rewriting of a core module, such as metering. */
export type TransformCore = (core: Uint8Array) => Uint8Array

/** The exports of every core instance of the component's own modules, in the order of instantiation. */
export interface Instantiated {
  readonly cores: readonly WebAssembly.Exports[]
  /** Exports lifted by jco, for components that are no reducers. */
  readonly lifted: Readonly<Record<string, unknown>>
  /** Whether the guest has used what the glue keeps for it, such as handles of resources: nothing sets that back. */
  hasUsedGlue(): boolean
}

interface Compiled {
  readonly module: WebAssembly.Module
  /** Where the module's first copy stands in the component, or undefined for an adapter that the linker made. */
  readonly start: number | undefined
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

export class Program {
  readonly #instantiate: Instantiate
  readonly #modules: ReadonlyMap<string, Compiled>
  /** For each core instance in order, where the first copy of its module stands. */
  readonly #order: readonly number[]

  private constructor(instantiate: Instantiate, modules: ReadonlyMap<string, Compiled>, order: readonly number[]) {
    this.#instantiate = instantiate
    this.#modules = modules
    this.#order = order
  }

  static async build(
    bytes: Uint8Array,
    coreInstances: readonly CoreInstance[],
    linked: Linked,
    transform: TransformCore | undefined,
    memoryPages: number,
  ): Promise<Program> {
    const ranges: { start: number; bytes: Uint8Array }[] = []
    const firstCopy = (core: Uint8Array): number | undefined => ranges.find((range) => sameBytes(range.bytes, core))?.start
    const order = coreInstances.map(({ start, end }) => {
      const core = bytes.subarray(start, end)
      const known = firstCopy(core)
      if (known === undefined) ranges.push({ start, bytes: core })
      return known ?? start
    })
    const modules = new Map<string, Compiled>()
    for (const [name, core] of linked.modules) {
      const start = firstCopy(core)
      const transformed = transform === undefined ? core : transform(core)
      const ready = start === undefined ? transformed : exposeState(transformed, memoryPages)
      modules.set(name, { module: await compile(ready), start })
    }
    return new Program(await loadGlue(linked.script), modules, order)
  }

  /** A fresh instance of the whole component; start functions run here. */
  instantiate(imports: ImportObject): Instantiated {
    const cores: WebAssembly.Exports[] = []
    const watch = new GlueWatch()
    const starts = new Map<WebAssembly.Module, number | undefined>()
    for (const { module, start } of this.#modules.values()) starts.set(module, start)
    const get = (file: string): WebAssembly.Module => {
      const compiled = this.#modules.get(file)
      if (compiled === undefined) throw new Fault('linker', `glue code: expected a known core module, got ${file}`)
      return compiled.module
    }
    const lifted = this.#instantiate(get, imports, (module, coreImports) => {
      const start = starts.get(module)
      if (start !== undefined && start !== this.#order[cores.length]) {
        throw new Fault(
          'linker',
          `core instance ${cores.length}: expected the module at offset ${this.#order[cores.length]}, got the one at ${start}`,
        )
      }
      const instance = new WebAssembly.Instance(module, watch.imports(coreImports, start === undefined))
      watch.know(instance.exports)
      if (start !== undefined) cores.push(instance.exports)
      return instance
    })
    if (cores.length !== this.#order.length) throw new Fault('linker', `expected ${this.#order.length} core instances, got ${cores.length}`)
    watch.used = false
    return { cores, lifted, hasUsedGlue: () => watch.used }
  }
}

/** What stands behind a core item, once instantiated. */
export function coreExport(instantiated: Instantiated, { instance, name }: CoreItem): unknown {
  return instance === undefined ? undefined : instantiated.cores[instance]?.[name]
}

async function compile(core: Uint8Array): Promise<WebAssembly.Module> {
  try {
    return await WebAssembly.compile(core as BufferSource)
  } catch (cause) {
    throw new Fault(
      'engine-unsupported',
      `a core module was admitted and this engine refuses it: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    )
  }
}
