/** The fold on this thread. */
import { equalBytes, FoldbError, formatDigest, type Genesis } from '@foldb/abi'
import { createFold, profileDigest, type Fold } from '@foldb/derivation-core'
import { sha256 } from '@foldb/state-tree'
import { loadReducer } from '@foldb/wasm-runtime'
import type { ChangeSet, Engine, EngineStatus, LogLine, OpenAnswer, OpenRequest, PackedMessages } from './engine.ts'

export class LocalEngine implements Engine {
  #fold: Fold | undefined
  readonly #onLog: (line: LogLine) => void

  constructor(onLog: (line: LogLine) => void = () => undefined) {
    this.#onLog = onLog
  }

  async open(request: OpenRequest): Promise<OpenAnswer> {
    const genesis = request.genesis ?? genesisOf(request)
    const digest = sha256(request.wasm)
    if (!equalBytes(genesis.reducer, digest)) {
      throw new FoldbError(
        'foreign-genesis',
        `the log was made for another reducer: expected a component with digest ${formatDigest(genesis.reducer)}, got ${formatDigest(digest)}`,
      )
    }
    const reducer = await loadReducer(request.wasm, { profile: request.profile })
    try {
      this.#fold = createFold({
        reducer,
        genesis,
        profile: request.profile,
        onLog: (position, level, text) => this.#onLog({ position, level, text }),
      })
    } catch (error) {
      reducer[Symbol.dispose]()
      throw error
    }
    return { genesis, genesisDigest: this.#fold.genesisDigest, manifest: this.#fold.manifest }
  }

  async apply({ bytes, lengths }: PackedMessages): Promise<EngineStatus> {
    const fold = this.#opened()
    let at = 0
    for (const length of lengths) {
      fold.apply(bytes.subarray(at, at + length))
      at += length
    }
    return this.status()
  }

  async status(): Promise<EngineStatus> {
    const { position, counts, codes } = this.#opened()
    return { position, outcomes: { ...counts }, codes: new Map(codes) }
  }

  async checkpoint(): ReturnType<Engine['checkpoint']> {
    return this.#opened().checkpoint()
  }

  async changes(): Promise<ChangeSet> {
    const fold = this.#opened()
    return { changes: fold.takeChanges(), position: fold.position }
  }

  async everything(): Promise<ChangeSet> {
    const fold = this.#opened()
    fold.takeChanges()
    const changes = fold.manifest.tables.flatMap((table, number) =>
      fold.rows(table.name).map((row) => ({ table: number, key: table.primaryKey.map((column) => row[column]!), row })),
    )
    return { changes, position: fold.position }
  }

  async verdict(): ReturnType<Engine['verdict']> {
    return this.#opened().verdict()
  }

  async close(): Promise<void> {
    this.#fold?.[Symbol.dispose]()
    this.#fold = undefined
  }

  #opened(): Fold {
    if (this.#fold === undefined) throw new FoldbError('closed', 'the derivation is closed; derive the state again')
    return this.#fold
  }
}

function genesisOf(request: OpenRequest): Genesis {
  return {
    args: request.args,
    engine: null,
    channel: request.channel,
    profile: profileDigest(request.profile),
    reducer: sha256(request.wasm),
  }
}
