/** Folds a whole log without PostgreSQL and gives what two machines compare. */
import { type Args, type Checkpoint, DEFAULT_PROFILE, formatDigest, type Genesis, type Message } from '@foldb/abi'
import { checkpointDigest, createFold, encodeMessage, type Fold, profileDigest } from '@foldb/derivation-core'
import { sha256 } from '@foldb/state-tree'
import { loadReducer } from '@foldb/wasm-runtime'

/** A checkpoint as vectors write it: digests as `sha256:<hex>`. */
export interface CheckpointVector {
  readonly position: number
  readonly genesis: string
  readonly logRoot: string
  readonly stateRoot: string
  readonly receiptRoot: string
  readonly checkpoint: string
  readonly outcomes: { readonly applied: number; readonly rejected: number; readonly trapped: number }
}

/** The genesis of a log under the default profile, with a channel of zeros unless given. */
export function genesisFor(
  reducerWasm: Uint8Array,
  args: Args = Object.create(null) as Args,
  channel: Uint8Array = new Uint8Array(32),
): Genesis {
  return { args, engine: null, channel, profile: profileDigest(DEFAULT_PROFILE), reducer: sha256(reducerWasm) }
}

/**
 * Opens a fold of one component.
 * @throws FoldbError when the component or the genesis is refused
 */
export async function openFold(reducerWasm: Uint8Array, genesis: Genesis): Promise<Fold> {
  return createFold({ reducer: await loadReducer(reducerWasm), genesis })
}

/** Folds messages in order and names the end. */
export async function foldLog(reducerWasm: Uint8Array, genesis: Genesis, messages: readonly Message[]): Promise<CheckpointVector> {
  using fold = await openFold(reducerWasm, genesis)
  for (const message of messages) fold.apply(encodeMessage(message))
  return describeCheckpoint(fold.checkpoint(), fold)
}

export function describeCheckpoint(checkpoint: Checkpoint, { counts }: Pick<Fold, 'counts'>): CheckpointVector {
  const { position, genesis, logRoot, stateRoot, receiptRoot } = checkpoint
  return {
    position,
    genesis: formatDigest(genesis),
    logRoot: formatDigest(logRoot),
    stateRoot: formatDigest(stateRoot),
    receiptRoot: formatDigest(receiptRoot),
    checkpoint: formatDigest(checkpointDigest(checkpoint)),
    outcomes: { ...counts },
  }
}
