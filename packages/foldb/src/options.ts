/** What `deriveState` takes. */
import { DEFAULT_PROFILE, FoldbError, fromHex, type Args, type Genesis, type Message, type Profile, type Value } from '@foldb/abi'
import { checkProfile, type EncodedMessage, type MessageLog } from '@foldb/derivation-core'
import type { LogLine } from './engine/engine.ts'

export interface Progress {
  /** Messages folded by this call so far, and how many there are. */
  readonly done: number
  readonly total: number
  /** Messages a second since the call began. */
  readonly rate: number
  /** Estimated milliseconds to the end. */
  readonly remainingMs: number
}

export interface FoldCallOptions {
  /** Called at most ten times a second, and once at the end. */
  readonly onProgress?: ((progress: Progress) => void) | undefined
  /** Ends the call with an AbortError: `deriveState` at once, `append` between two batches, and what was folded until then stays. */
  readonly signal?: AbortSignal | undefined
}

export interface DeriveOptions extends FoldCallOptions {
  /** Arguments of the reducer's `init`, when the log does not bring its own genesis. */
  readonly args?: Readonly<Record<string, Value>> | undefined
  /** 32 bytes or 64 hexadecimal digits that keep this log apart from all others; zeros unless given. */
  readonly channel?: Uint8Array | string | undefined
  /** The rules of execution; the default profile unless given. */
  readonly profile?: Profile | undefined
  /** Folds only up to this position. */
  readonly to?: number | undefined
  /** False runs the fold on this thread. */
  readonly worker?: boolean | undefined
  /** Starts PostgreSQL at once instead of at the first query. */
  readonly eagerQuery?: boolean | undefined
  /** Milliseconds that one query may take before it is ended; a minute unless given. */
  readonly queryTimeoutMs?: number | undefined
  /** What the reducer logs; never part of the state. */
  readonly onLog?: ((line: LogLine) => void) | undefined
}

/** Messages with their genesis, as `parseMessages` gives them. */
export interface GenesisLog {
  readonly genesis: Genesis
  readonly messages: readonly (Message | EncodedMessage)[]
}

export type LogSource = readonly (Message | EncodedMessage)[] | GenesisLog | MessageLog

export interface Start {
  readonly genesis: Genesis | undefined
  readonly args: Args
  readonly channel: Uint8Array
  readonly profile: Profile
}

const CHANNEL_BYTES = 32

/**
 * What the fold starts from.
 * @throws FoldbError `bad-option` for what is no log, a channel that is not 32 bytes, or when the log brings its own genesis beside `args`
 * or `channel`; `profile-refused` for a profile beyond a ceiling.
 */
export function startOf(source: LogSource, options: DeriveOptions): Start {
  requireSource(source)
  const genesis = 'genesis' in source ? source.genesis : undefined
  if (genesis !== undefined && (options.args !== undefined || options.channel !== undefined)) {
    const name = options.args === undefined ? 'channel' : 'args'
    throw new FoldbError('bad-option', `the log brings its own genesis: expected no ${name} beside it, got one; leave it out`)
  }
  const args: Record<string, Value> = Object.assign(Object.create(null) as Record<string, Value>, options.args)
  const profile = options.profile ?? DEFAULT_PROFILE
  checkProfile(profile)
  return { genesis, args, channel: channelOf(options.channel), profile }
}

function requireSource(source: unknown): void {
  if (Array.isArray(source)) return
  const { messages, read } = (typeof source === 'object' && source !== null ? source : {}) as { messages?: unknown; read?: unknown }
  if (Array.isArray(messages) || typeof read === 'function') return
  throw new FoldbError(
    'bad-option',
    'bad log: expected an array of messages, { genesis, messages }, or a log with read(); AppData is read with parseMessages',
  )
}

function channelOf(channel: Uint8Array | string | undefined): Uint8Array {
  if (channel === undefined) return new Uint8Array(CHANNEL_BYTES)
  const bytes = typeof channel === 'string' ? fromHex(channel) : channel
  if (bytes.length !== CHANNEL_BYTES) {
    throw new FoldbError('bad-option', `bad channel: expected ${CHANNEL_BYTES} bytes (64 hexadecimal digits), got ${bytes.length} bytes`)
  }
  return bytes
}
