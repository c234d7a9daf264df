/** Writes the checkpoints of the committed logs again: node --conditions=@foldb/source packages/conformance/scripts/checkpoints.ts */
import { fromHex } from '@foldb/abi'
import { encodeAppData, parseJsonLines } from '@foldb/derivation-core'
import { readFile, writeFile } from 'node:fs/promises'
import { foldLog, genesisFor } from '../src/fold-log.ts'
import { readVector, vectorUrl } from '../src/vectors.ts'

const root = new URL('../../../', import.meta.url)
const component = async (path: string): Promise<Uint8Array> => new Uint8Array(await readFile(new URL(path, root)))
const write = (name: string, value: unknown): Promise<void> => writeFile(vectorUrl(name), `${JSON.stringify(value, null, 2)}\n`)

async function skirmish(): Promise<void> {
  const cases = []
  for (const language of ['typescript', 'assemblyscript']) {
    const wasm = await component(`reducers/skirmish/${language}/skirmish.wasm`)
    for (const log of ['skirmish/log-1000.jsonl', 'skirmish/log-10000.jsonl']) {
      cases.push({
        name: `${language} ${log}`,
        reducer: `reducers/skirmish/${language}/skirmish.wasm`,
        log,
        expected: await foldLog(wasm, genesisFor(wasm), parseJsonLines(await readVector(log))),
      })
    }
  }
  await write('skirmish/checkpoints.json', {
    description:
      'each log folded through each component under the default profile, no arguments, a channel of zeros; state and receipt roots do not depend on the language',
    cases,
  })
}

async function dnd(): Promise<void> {
  const wasm = await component('packages/game-dnd/reducer.wasm')
  const { args, channel } = JSON.parse(new TextDecoder().decode(await readVector('dnd/genesis.json'))) as {
    args: Record<string, string>
    channel: string
  }
  const genesis = genesisFor(wasm, args, fromHex(channel))
  const messages = parseJsonLines(await readVector('dnd/game.jsonl'))
  await writeFile(vectorUrl('dnd/game.foldb'), encodeAppData({ genesis, messages }))
  await write('dnd/checkpoints.json', {
    description: 'one whole game folded through packages/game-dnd/reducer.wasm; game.foldb is the same log as AppData',
    cases: [
      {
        name: 'game',
        reducer: 'packages/game-dnd/reducer.wasm',
        log: 'dnd/game.jsonl',
        args,
        channel,
        expected: await foldLog(wasm, genesis, messages),
      },
    ],
  })
}

await skirmish()
await dnd()
