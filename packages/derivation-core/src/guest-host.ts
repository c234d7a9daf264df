/** What a reducer may call while it runs, watched: a broken host or a trap cannot be hidden by the guest (protocol.md §13). */
import { DbError, Fault, FoldbError, type Profile } from '@foldb/abi'

import { Entropy } from './entropy.ts'
import { GuestTrap, type LogLevel, type ReducerHost, type Tables } from './ports.ts'
import { utf8Length } from './utf8-length.ts'

/** Called for each line that a reducer writes; never part of the derived state. */
export type OnLog = (position: number, level: LogLevel, text: string) => void

/** The message that the host serves now. */
export interface Served {
  readonly position: number
  /** Seed of the message's entropy; asked for once at most. */
  seed(): Uint8Array
}

/** One host a fold. Outside `open` … `close` every call traps. */
export class GuestHost implements ReducerHost {
  readonly tables: Tables
  readonly #profile: Profile
  readonly #onLog: OnLog | undefined
  #served: Served | undefined
  #entropy: Entropy | undefined
  #fault: unknown
  #trap: GuestTrap | undefined

  constructor(tables: Tables, profile: Profile, onLog: OnLog | undefined) {
    this.#profile = profile
    this.#onLog = onLog
    this.tables = {
      get: (table, key) => this.#watch(() => tables.get(table, key)),
      insert: (table, row) => this.#watch(() => tables.insert(table, row)),
      put: (table, row) => this.#watch(() => tables.put(table, row)),
      delete: (table, key) => this.#watch(() => tables.delete(table, key)),
      scan: (table, index, range) => this.#watch(() => tables.scan(table, index, range)),
    }
  }

  /** The trap that a host call raised since `open`, even if the guest caught it. */
  get trap(): GuestTrap | undefined {
    return this.#trap
  }

  /** Starts to serve a message. */
  open(served: Served): void {
    this.#served = served
    this.#entropy = undefined
    this.#fault = undefined
    this.#trap = undefined
  }

  close(): void {
    this.#served = undefined
  }

  /** Throws what broke in a host call since `open`, even if the guest caught it. @throws Fault */
  rethrowFault(): void {
    if (this.#fault !== undefined) throw asFault(this.#fault)
  }

  entropy(count: number): Uint8Array {
    return this.#watch((served) => {
      const limit = this.#profile.sizes.entropy
      if (count > limit) throw new GuestTrap(`entropy: expected at most ${limit} bytes a call, got ${count}`)
      this.#entropy ??= new Entropy(served.seed())
      return this.#entropy.bytes(count)
    })
  }

  log(level: LogLevel, text: string): void {
    this.#watch(({ position }) => {
      const limit = this.#profile.sizes.logText
      const size = utf8Length(text)
      if (size > limit) throw new GuestTrap(`log: expected at most ${limit} bytes, got ${size}`)
      this.#onLog?.(position, level, text)
    })
  }

  #watch<T>(call: (served: Served) => T): T {
    try {
      if (this.#served === undefined) throw new GuestTrap('host call while no message runs')
      return call(this.#served)
    } catch (error) {
      if (error instanceof GuestTrap) this.#trap ??= error
      else if (!DbError.is(error)) this.#fault ??= error
      throw error
    }
  }
}

/** What was thrown, as a fault with its cause; a FoldbError is itself. */
export function asFault(error: unknown): FoldbError {
  if (FoldbError.is(error)) return error
  const text = error instanceof Error ? error.message : String(error)
  return new Fault('reducer-fault', `the reducer's host failed: expected an outcome, got ${text}; the fold may be tried again`, {
    cause: error,
  })
}
