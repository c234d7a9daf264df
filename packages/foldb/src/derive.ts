/** `deriveState`: a log and a reducer in, a database out. */
import { spawnFoldWorker } from '#platform'
import { FoldbError, type Value } from '@foldb/abi'
import { Derivation } from './derivation.ts'
import type { Engine } from './engine/engine.ts'
import { WorkerEngine } from './engine/worker-engine.ts'
import { readSource } from './messages.ts'
import { type DeriveOptions, type LogSource, startOf } from './options.ts'
import { QueryFace } from './query-face.ts'

/**
 * Folds a log through a reducer and gives the state as a database that anybody can query.
 *
 * @param source messages, messages with their genesis (`parseMessages`), or a log
 * @param reducerWasm bytes of a WebAssembly component of one of the worlds of `foldb:reducer`
 * @throws FoldbError `bad-component`, `bad-manifest`, `foreign-genesis`, `bad-genesis-args`, `invalid-genesis`, `bad-message` (with its
 * position), `beyond-log`, `profile-refused`, `bad-option`; a Fault when the host broke; an AbortError when the signal was raised. Nothing
 * is left running then.
 * @example
 * await using db = await deriveState(parseMessages(appData), reducerWasm)
 * console.log(db.checkpoint.stateRoot, await checkVictoryCondition(db))
 */
export async function deriveState(source: LogSource, reducerWasm: Uint8Array, options: DeriveOptions = {}): Promise<Derivation> {
  const start = startOf(source, options)
  if (!(reducerWasm instanceof Uint8Array))
    throw new FoldbError('bad-option', 'bad reducer: expected the bytes of a component as a Uint8Array')
  options.signal?.throwIfAborted()
  const engine = await createEngine(options)
  // Nothing is kept when the signal is raised, so a reducer that never answers is ended too.
  const stop = (): void => void engine.close()
  options.signal?.addEventListener('abort', stop, { once: true })
  try {
    const opened = await engine.open({ ...start, wasm: reducerWasm })
    const face = new QueryFace(engine, opened.manifest, options.queryTimeoutMs)
    if (options.eagerQuery === true) face.warm()
    const db = await Derivation.start({ engine, opened, profile: start.profile, face })
    try {
      await db.append(upTo(await readSource(source), options.to), options)
    } catch (error) {
      await db.close()
      throw error
    }
    return db
  } catch (error) {
    await engine.close()
    options.signal?.throwIfAborted()
    throw error
  } finally {
    options.signal?.removeEventListener('abort', stop)
  }
}

/** The row that says how the log was decided (who won, what to settle), or undefined while it is not decided. */
export async function checkVictoryCondition(db: Derivation): Promise<Readonly<Record<string, Value>> | undefined> {
  return db.verdict()
}

async function createEngine(options: DeriveOptions): Promise<Engine> {
  const onLog = options.onLog ?? ((): void => undefined)
  if (options.worker !== false) return new WorkerEngine(spawnFoldWorker(), onLog)
  const { LocalEngine } = await import('./engine/local-engine.ts')
  return new LocalEngine(onLog)
}

function upTo<T>(messages: readonly T[], to: number | undefined): readonly T[] {
  if (to === undefined) return messages
  if (!Number.isSafeInteger(to) || to < 0 || to > messages.length) {
    throw new FoldbError('beyond-log', `no such position: expected 0 to ${messages.length}, the length of the log, got ${to}`)
  }
  return messages.slice(0, to)
}
