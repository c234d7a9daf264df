/** Messages, genesis, outcomes and checkpoints: design §2. */
import type { Digest } from './digest.ts'
import type { Value } from './value.ts'

/** Arguments by parameter name; without a prototype, so that no name finds a function. */
export type Args = Readonly<Record<string, Value>>

/** One entry of a log. Its position is its place and is not part of it. */
export interface Message {
  readonly sender: string
  /** Milliseconds since the Unix epoch, 0 … 2^53−1. */
  readonly time: number
  readonly kind: string
  readonly args: Args
}

/** What a log is folded under. */
export interface Genesis {
  readonly args: Args
  /** Digest of the PGlite build when the component imports the SQL tier, else null. */
  readonly engine: Digest | null
  /** 32 bytes, chosen once for this log. */
  readonly channel: Digest
  readonly profile: Digest
  /** SHA-256 of the component's bytes. */
  readonly reducer: Digest
}

export type TrapCode = 'trap' | 'out-of-fuel' | 'out-of-stack'

/** How one message ended; part of history. */
export type Outcome =
  | { readonly status: 'applied' }
  | { readonly status: 'rejected'; readonly code: string }
  | { readonly status: 'trapped'; readonly code: TrapCode }

/** A name of everything a fold knows at a position: the only thing two parties have to compare. */
export interface Checkpoint {
  readonly position: number
  readonly genesis: Digest
  readonly logRoot: Digest
  readonly stateRoot: Digest
  readonly receiptRoot: Digest
}
