/** The vectors of the fold, played by a scripted reducer. */
import { type Outcome, fromHex, toHex } from '@foldb/abi'
import { expect, it } from 'vitest'

import { decodeCheckpoint, encodeCheckpoint } from '../src/checkpoint.ts'
import { createFold } from '../src/create-fold.ts'
import { decodeGenesis } from '../src/genesis.ts'
import { parseManifest } from '../src/manifest-json.ts'
import { type HostAnswer, type Script, createScriptedReducer } from '../src/testing/scripted-reducer.ts'
import { type CallJson, answerFrom, callOf } from './row-vectors.ts'
import { readVectors } from './vectors.ts'

interface ScriptJson {
  readonly calls: readonly CallJson[]
  readonly ends: Outcome
}

interface Case {
  readonly manifest: unknown
  readonly genesis: string
  readonly init: ScriptJson
  readonly checkpoint: string
  readonly messages: readonly {
    readonly bytes: string
    readonly script?: ScriptJson
    readonly outcome: Outcome
    readonly checkpoint: string
  }[]
}

const NEVER: ScriptJson = { calls: [], ends: { status: 'trapped', code: 'trap' } }

function scriptOf({ calls, ends }: ScriptJson): Script {
  return { calls: calls.map(callOf), ends }
}

it.each(readVectors<Case>('fold'))('folds as the vectors say: $name', (one) => {
  const scripts = [one.init, ...one.messages.map(({ script }) => script ?? NEVER)]
  const answers: HostAnswer[][] = scripts.map(() => [])
  const genesis = decodeGenesis(fromHex(one.genesis))
  const reducer = createScriptedReducer({
    digest: genesis.reducer,
    manifest: parseManifest(JSON.stringify(one.manifest)),
    scripts: scripts.map(scriptOf),
    onAnswer: (position, answer) => void answers[position]!.push(answer),
  })
  using fold = createFold({ reducer, genesis })
  expect(toHex(encodeCheckpoint(fold.checkpoint()))).toBe(one.checkpoint)
  for (const [i, { bytes, outcome, checkpoint }] of one.messages.entries()) {
    expect(fold.apply(fromHex(bytes)), `message ${i + 1}`).toEqual(outcome)
    expect(toHex(encodeCheckpoint(fold.checkpoint())), `checkpoint ${i + 1}`).toBe(checkpoint)
  }
  expect(answers).toEqual(scripts.map(({ calls }) => calls.map(({ expected }) => answerFrom(expected))))
})

it.each(readVectors<Case>('fold'))('gives the same end whatever was asked on the way: $name', (one) => {
  const genesis = decodeGenesis(fromHex(one.genesis))
  const scripts = [one.init, ...one.messages.map(({ script }) => script ?? NEVER)].map(scriptOf)
  const reducer = createScriptedReducer({ digest: genesis.reducer, manifest: parseManifest(JSON.stringify(one.manifest)), scripts })
  using fold = createFold({ reducer, genesis })
  for (const { bytes } of one.messages) fold.apply(fromHex(bytes))
  expect(toHex(encodeCheckpoint(fold.checkpoint()))).toBe(one.messages.at(-1)?.checkpoint ?? one.checkpoint)
})

it('names the same rows by the same state root, however they came about', () => {
  const [first, second] = ['outcomes of every kind', 'the first rows of the case above, by another way'].map(
    (name) => readVectors<Case>('fold').find((one) => one.name === name)!.messages,
  )
  const rootOf = (checkpoint: string): string => toHex(decodeCheckpoint(fromHex(checkpoint)).stateRoot)
  expect(rootOf(second!.at(-1)!.checkpoint)).toBe(rootOf(first![0]!.checkpoint))
})
