/** What the two worlds have in common. */
import type { Manifest, Value } from '@foldb/abi'
import type { ReducerMessage } from '@foldb/derivation-core'
import type { Crossing } from './abi/values.ts'
import type { Entry } from './machine.ts'

/** What a guest answered: nothing when it applied, else its refusal. */
export type Verdict = { readonly code: string; readonly reason: string } | undefined

/** Calls the guest's function; everything is lowered before, and the answer is lifted after. */
export type Enter = (...args: (number | bigint)[]) => number

export interface World {
  /** Reads the guest's answer; what it gives makes the manifest of it, outside of the call. */
  describe(entry: Entry, enter: Enter): () => Manifest
  init(entry: Entry, enter: Enter, args: readonly Value[], crossings: readonly Crossing[]): Verdict
  reduce(entry: Entry, enter: Enter, message: ReducerMessage, crossings: readonly Crossing[]): Verdict
}
