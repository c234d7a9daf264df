/** A derived state: what `deriveState` gives. */
import type { Checkpoint, Genesis, Manifest, Message, Profile, Value } from '@foldb/abi'
import type { EncodedMessage } from '@foldb/derivation-core'
import { packMessages, type Engine, type EngineStatus, type OpenAnswer, type OutcomeCounts } from './engine/engine.ts'
import { encodeAll } from './messages.ts'
import type { FoldCallOptions } from './options.ts'
import { ProgressMeter } from './progress.ts'
import { Queue } from './queue.ts'
import type { QueryFace, QueryRows } from './query-face.ts'

/** Messages a worker folds between two looks at the signal. */
const BATCH = 500

export interface Parts {
  readonly engine: Engine
  readonly opened: OpenAnswer
  readonly profile: Profile
  readonly face: QueryFace
}

/**
 * The state of a log, kept in memory: append to it, query it, compare its checkpoint. Calls run one after the other.
 *
 * @example
 * await using db = await deriveState(parseMessages(appData), reducerWasm)
 * const { rows } = await db.query('SELECT * FROM units WHERE hp > 0')
 */
export class Derivation implements AsyncDisposable {
  readonly genesis: Genesis
  readonly genesisDigest: Uint8Array
  readonly manifest: Manifest
  readonly #parts: Parts
  readonly #queue = new Queue()
  #status: EngineStatus
  #checkpoint: Checkpoint

  private constructor(parts: Parts, status: EngineStatus, checkpoint: Checkpoint) {
    this.genesis = parts.opened.genesis
    this.genesisDigest = parts.opened.genesisDigest
    this.manifest = parts.opened.manifest
    this.#parts = parts
    this.#status = status
    this.#checkpoint = checkpoint
  }

  /** Wraps an opened engine. */
  static async start(parts: Parts): Promise<Derivation> {
    return new Derivation(parts, await parts.engine.status(), await parts.engine.checkpoint())
  }

  /** How many messages are folded. */
  get position(): number {
    return this.#status.position
  }

  get outcomes(): OutcomeCounts {
    return this.#status.outcomes
  }

  /** How many messages ended with each code: `rejected:not-your-turn`, `trapped:trap`. */
  get codes(): ReadonlyMap<string, number> {
    return this.#status.codes
  }

  /** The roots at the end of the last append. */
  get checkpoint(): Checkpoint {
    return this.#checkpoint
  }

  /**
   * Folds more messages. A message that cannot be encoded refuses the whole call before anything is folded.
   * @throws FoldbError `bad-message` with its position; a Fault when the host broke (`position` says what was folded; the rest may be
   * appended again); an AbortError when the signal was raised.
   */
  async append(messages: readonly (Message | EncodedMessage)[], options: FoldCallOptions = {}): Promise<Checkpoint> {
    return this.#queue.run(async () => {
      const encoded = encodeAll(messages, this.position + 1, this.#parts.profile)
      try {
        await this.#fold(encoded, options)
      } finally {
        await this.#settle()
      }
      return this.#checkpoint
    })
  }

  /**
   * Runs one read-only statement of any PostgreSQL on the tables as they are now.
   * @throws FoldbError `query-refused` for a statement that would write, `query-failed` with its SQLSTATE for any other error.
   */
  async query<T = Record<string, unknown>>(text: string, params: readonly unknown[] = []): Promise<QueryRows<T>> {
    return this.#queue.run(() => this.#parts.face.query<T>(text, params))
  }

  /** The row that says how the log was decided, or undefined while it is not. */
  async verdict(): Promise<Readonly<Record<string, Value>> | undefined> {
    return this.#queue.run(() => this.#parts.engine.verdict())
  }

  /** Ends the workers and frees everything; calls that still wait fail with `closed`. */
  async close(): Promise<void> {
    await Promise.all([this.#parts.engine.close(), this.#parts.face.close()])
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  async #fold(encoded: readonly EncodedMessage[], { onProgress, signal }: FoldCallOptions): Promise<void> {
    const meter = new ProgressMeter(encoded.length, onProgress)
    for (let from = 0; from < encoded.length; from += BATCH) {
      signal?.throwIfAborted()
      const to = Math.min(from + BATCH, encoded.length)
      this.#status = await this.#parts.engine.apply(packMessages(encoded, from, to))
      meter.report(to)
    }
    signal?.throwIfAborted()
  }

  async #settle(): Promise<void> {
    this.#status = await this.#parts.engine.status()
    this.#checkpoint = await this.#parts.engine.checkpoint()
  }
}
