/**
 * One component, ready to be called: keeps an instance, sets it back before each call, and replaces it after anything but an answer.
 * protocol.md §13.
 */
import { Fault, type Profile } from '@foldb/abi'
import type { ReducerHost } from '@foldb/derivation-core'
import type { GuestMemory } from './abi/guest-memory.ts'
import { GuestMemory as Memory, type Realloc } from './abi/guest-memory.ts'
import { Gate } from './abi/gate.ts'
import type { Lift } from './component/evaluate.ts'
import type { Entries } from './component/inspect.ts'
import type { ImportObject } from './link/load-glue.ts'
import { coreExport, type Instantiated, type Program } from './link/program.ts'
import { StateImage } from './state-image.ts'

type CoreCall = (...args: (number | bigint)[]) => number

/** An entry function of an instance with the memory that its answers are in. */
export interface Entry {
  readonly call: CoreCall
  readonly memory: GuestMemory
}

export type EntryName = keyof Entries

interface Instance {
  readonly entries: Readonly<Record<EntryName, Entry & { readonly postReturn: CoreCall | undefined }>>
  readonly image: StateImage | undefined
  readonly hasUsedGlue: () => boolean
  used: boolean
}

export interface MachineOptions {
  readonly program: Pick<Program, 'instantiate'>
  readonly entries: Entries
  readonly imports: (gate: Gate) => ImportObject
  readonly profile: Profile
  /** A module can change what a reset does not set back: every call gets a new instance. */
  readonly keepsState: boolean
}

/** What a call ended with: an answer, or the trap that ended it. */
export type Ended<T> = { readonly answer: T } | { readonly trap: Error }

export class Machine {
  readonly gate: Gate = new Gate()
  readonly #options: MachineOptions
  readonly #imports: ImportObject
  #instance: Instance | undefined
  #busy = false

  constructor(options: MachineOptions) {
    this.#options = options
    this.#imports = options.imports(this.gate)
  }

  /**
   * Runs one entry on an instance as it was after instantiation. `run` lowers arguments, calls `enter` once and lifts the answer.
   * @throws Fault when the host broke, or when a call is made while another runs.
   */
  call<T>(
    name: EntryName,
    host: ReducerHost | undefined,
    run: (entry: Entry, enter: (...args: (number | bigint)[]) => number) => T,
  ): Ended<T> {
    if (this.#busy) throw new Fault('re-entry', `${name} was called while another call runs: a reducer serves one message at a time`)
    this.#busy = true
    let answered = false
    try {
      this.gate.prepare(host)
      const entry = this.#ready().entries[name]
      const answer = this.#run(entry, run)
      this.gate.rethrowFailure()
      const hidden = this.gate.hiddenTrap
      if (hidden !== undefined) return { trap: hidden }
      answered = true
      return { answer }
    } catch (error) {
      return { trap: this.gate.trapOf(error) }
    } finally {
      if (!answered) this.#instance = undefined
      this.gate.prepare(undefined)
      this.#busy = false
    }
  }

  #run<T>(entry: Instance['entries'][EntryName], run: (entry: Entry, enter: (...args: (number | bigint)[]) => number) => T): T {
    let result = 0
    const answer = run(entry, (...args) => {
      result = this.gate.enter(() => entry.call(...args))
      entry.memory.refresh()
      return result
    })
    entry.postReturn?.(result)
    return answer
  }

  #ready(): Instance {
    const kept = this.#instance
    if (kept !== undefined && (!kept.used || (!kept.hasUsedGlue() && kept.image?.restore() === true))) {
      kept.used = true
      return kept
    }
    const fresh = this.#instantiate()
    fresh.used = true
    return (this.#instance = fresh)
  }

  #instantiate(): Instance {
    const instantiated = this.#options.program.instantiate(this.#imports)
    const { describe, init, reduce } = this.#options.entries
    return {
      entries: {
        describe: this.#entry(instantiated, describe),
        init: this.#entry(instantiated, init),
        reduce: this.#entry(instantiated, reduce),
      },
      image: this.#options.keepsState ? undefined : new StateImage(instantiated.cores),
      hasUsedGlue: () => instantiated.hasUsedGlue(),
      used: false,
    }
  }

  #entry(instantiated: Instantiated, lift: Lift): Instance['entries'][EntryName] {
    const call = coreExport(instantiated, lift.func)
    const memory = lift.memory === undefined ? undefined : coreExport(instantiated, lift.memory)
    const realloc = lift.realloc === undefined ? undefined : coreExport(instantiated, lift.realloc)
    const postReturn = lift.postReturn === undefined ? undefined : coreExport(instantiated, lift.postReturn)
    if (typeof call !== 'function' || !(memory instanceof WebAssembly.Memory)) {
      throw new Fault('linker', `core export ${lift.func.name}: expected a function and its memory, got none`)
    }
    return {
      call: call as CoreCall,
      memory: new Memory(memory, realloc as Realloc | undefined, this.gate),
      postReturn: postReturn as CoreCall | undefined,
    }
  }
}
