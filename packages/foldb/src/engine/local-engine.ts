/** The fold on this thread. */
import { FoldbError } from '@foldb/abi'
import { createFold, type Fold } from '@foldb/derivation-core'
import { loadReducer } from '@foldb/wasm-runtime'
import { genesisOf } from '../genesis.ts'
import type { ChangeSet, Engine, EngineStatus, LogLine, OpenAnswer, OpenRequest, PackedMessages } from './engine.ts'

export class LocalEngine implements Engine {
  #fold: Fold | undefined
  readonly #onLog: (line: LogLine) => void

  constructor(onLog: (line: LogLine) => void = () => undefined) {
    this.#onLog = onLog
  }

  async open(request: OpenRequest): Promise<OpenAnswer> {
    const { wasm, profile, args, channel } = request
    const reducer = await loadReducer(wasm, { profile })
    const genesis = request.genesis ?? genesisOf(reducer, profile, args, channel)
    try {
      this.#fold = createFold({
        reducer,
        genesis,
        profile,
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
