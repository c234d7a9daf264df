/** The committed game: its log with the genesis it is folded under, and the component that folds it. */
import { type GenesisLog, parseMessages } from 'foldb'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

export interface Game {
  readonly log: GenesisLog
  readonly reducer: Uint8Array
}

export async function loadGame(): Promise<Game> {
  const [log, reducer] = await Promise.all([bytesOf('@foldb/conformance/vectors/dnd/game.foldb'), bytesOf('@foldb/game-dnd/reducer.wasm')])
  return { log: parseMessages(log), reducer }
}

async function bytesOf(specifier: string): Promise<Uint8Array> {
  return new Uint8Array(await readFile(fileURLToPath(import.meta.resolve(specifier))))
}
