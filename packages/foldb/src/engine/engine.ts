/** What a derivation asks of the fold, on this thread or in a worker. Everything that crosses can be cloned. */
import type { Checkpoint, Genesis, Manifest, Profile, Value } from '@foldb/abi'
import type { RowChange } from '@foldb/derivation-core'

export interface OpenRequest {
  readonly wasm: Uint8Array
  /** Absent: the genesis is made from `args` and `channel`. */
  readonly genesis: Genesis | undefined
  readonly args: Readonly<Record<string, Value>>
  readonly channel: Uint8Array
  readonly profile: Profile
}

export interface OpenAnswer {
  readonly genesis: Genesis
  readonly genesisDigest: Uint8Array
  readonly manifest: Manifest
}

export interface OutcomeCounts {
  readonly applied: number
  readonly rejected: number
  readonly trapped: number
}

export interface EngineStatus {
  readonly position: number
  readonly outcomes: OutcomeCounts
  /** How many messages ended with each code: `rejected:not-your-turn`, `trapped:trap`. */
  readonly codes: ReadonlyMap<string, number>
}

/** Many messages in one buffer: a view into a large log would otherwise be cloned with all of it. */
export interface PackedMessages {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly lengths: Uint32Array<ArrayBuffer>
}

export interface ChangeSet {
  readonly changes: readonly RowChange[]
  readonly position: number
}

export interface LogLine {
  readonly position: number
  readonly level: string
  readonly text: string
}

export interface Engine {
  open(request: OpenRequest): Promise<OpenAnswer>
  /** Folds the messages in order. When it throws, those before the message at fault stay applied; `status` says how many. */
  apply(messages: PackedMessages): Promise<EngineStatus>
  status(): Promise<EngineStatus>
  checkpoint(): Promise<Checkpoint>
  /** Net row changes since the last call. */
  changes(): Promise<ChangeSet>
  /** Every row, as changes on empty tables; later `changes` follow on it. */
  everything(): Promise<ChangeSet>
  verdict(): Promise<Readonly<Record<string, Value>> | undefined>
  close(): Promise<void>
}

/** Copies messages `from` … `to`−1 into one buffer. */
export function packMessages(messages: readonly Uint8Array[], from: number, to: number): PackedMessages {
  const lengths = new Uint32Array(to - from)
  let total = 0
  for (let i = from; i < to; i++) total += lengths[i - from] = messages[i]!.length
  const bytes = new Uint8Array(total)
  for (let i = from, at = 0; i < to; at += messages[i]!.length, i++) bytes.set(messages[i]!, at)
  return { bytes, lengths }
}
