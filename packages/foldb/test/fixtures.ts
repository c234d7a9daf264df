/** The committed skirmish, for tests. */
import { type Message, parseJsonLines } from 'foldb'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

export const root: URL = new URL('../../../', import.meta.url)
export const pathOf = (path: string): string => fileURLToPath(new URL(path, root))
export const bytesOf = async (path: string): Promise<Uint8Array> => new Uint8Array(await readFile(pathOf(path)))

export const TYPESCRIPT = 'reducers/skirmish/typescript/skirmish.wasm'
export const ASSEMBLYSCRIPT = 'reducers/skirmish/assemblyscript/skirmish.wasm'
export const LOG = 'packages/conformance/vectors/skirmish/log-1000.jsonl'

export const skirmish = (): Promise<Uint8Array> => bytesOf(ASSEMBLYSCRIPT)
export const messages = async (): Promise<Message[]> => parseJsonLines(await bytesOf(LOG))

/** The units left, as the acceptance query counts them. */
export const COUNT_UNITS = 'SELECT owner, count(*) AS n FROM units WHERE hp > 0 GROUP BY owner ORDER BY owner'
