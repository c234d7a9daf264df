/** The published suite, and the same log in both worlds: TypeScript on QuickJS speaks JSON, AssemblyScript speaks typed values. */
import { existsSync, readFileSync } from 'node:fs'
import { type Message } from '@foldb/abi'
import { createFold, encodeMessage, parseJsonLines, profileDigest } from '@foldb/derivation-core'
import { reducerConformance } from '@foldb/derivation-core/testing'
import { DEFAULT_PROFILE } from '@foldb/abi'
import { expect, it } from 'vitest'
import { loadReducer } from '../src/load-reducer.ts'

const root = new URL('../../../', import.meta.url)
const languages = ['typescript', 'assemblyscript'] as const
const wasm = (language: string): Uint8Array => readFileSync(new URL(`reducers/skirmish/${language}/skirmish.wasm`, root))
const log = new URL('packages/conformance/vectors/skirmish/log-1000.jsonl', root)
const messages: readonly Message[] = existsSync(log) ? parseJsonLines(readFileSync(log, 'utf8')) : []

for (const language of languages) {
  reducerConformance(`skirmish in ${language}`, {
    open: () => loadReducer(wasm(language), { glueDirectory: false }),
    genesisArgs: {},
    messages: messages.slice(0, 60),
  })
}

it('gives one state and one history in both worlds', async () => {
  const ends = []
  for (const language of languages) {
    const reducer = await loadReducer(wasm(language), { glueDirectory: false })
    const genesis = {
      args: {},
      engine: null,
      channel: new Uint8Array(32),
      profile: profileDigest(DEFAULT_PROFILE),
      reducer: reducer.digest,
    }
    using fold = createFold({ reducer, genesis })
    for (const message of messages) fold.apply(encodeMessage(message))
    const { stateRoot, receiptRoot, logRoot } = fold.checkpoint()
    ends.push({ stateRoot, receiptRoot, logRoot, counts: { ...fold.counts } })
  }
  expect(messages).toHaveLength(1000)
  expect(ends[1]).toEqual(ends[0])
})
