/**
 * Plays one whole battle on the real fold and writes its log: exactly 1 000 messages, one in ten of them refused, decided near the
 * end. The dice come from the log, the players' choices from a seed: the messages are the same on every machine, and do not depend on
 * the bytes of the component. The checkpoint does: packages/conformance/scripts/checkpoints.ts writes it anew after every build.
 *
 *   node --conditions=@foldb/source packages/game-dnd/scripts/play.ts            # writes packages/conformance/vectors/dnd/
 *   node --conditions=@foldb/source packages/game-dnd/scripts/play.ts --search   # seeds whose battle ends near message 1 000
 */
import { DEFAULT_PROFILE, type Genesis, type Outcome, toHex } from '@foldb/abi'
import { formatJsonMessage, profileDigest } from '@foldb/derivation-core'
import { sha256 } from '@foldb/state-tree'
import { loadReducer } from '@foldb/wasm-runtime'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { type Battle, playBattle } from './battle.ts'

const LENGTH = 1000
const SEED = 11
/** What the genesis says beside digests: who plays, and a channel chosen once. */
const ARGS = { red: 'alice', blue: 'bob' }
const CHANNEL = sha256(new TextEncoder().encode('foldb: the battle of the worked game'))

const wasm = new Uint8Array(readFileSync(new URL('../reducer.wasm', import.meta.url)))
const genesis: Genesis = {
  args: Object.assign(Object.create(null), ARGS),
  engine: null,
  channel: CHANNEL,
  profile: profileDigest(DEFAULT_PROFILE),
  reducer: sha256(wasm),
}

async function play(seed: number): Promise<Battle> {
  return playBattle(await loadReducer(wasm), genesis, seed, LENGTH)
}

function countOutcomes(outcomes: readonly Outcome[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const outcome of outcomes) {
    const name = outcome.status === 'applied' ? 'applied' : outcome.code
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return counts
}

async function search(seeds: number): Promise<void> {
  for (let seed = 1; seed <= seeds; seed++) {
    const { decidedAt, outcomes } = await play(seed)
    if (decidedAt !== undefined && decidedAt >= 980)
      console.log(`seed ${seed}: decided at ${decidedAt}, ${countOutcomes(outcomes).size} outcomes`)
  }
}

async function write(): Promise<void> {
  const { messages, outcomes, decidedAt } = await play(SEED)
  const folder = new URL('../../conformance/vectors/dnd/', import.meta.url)
  mkdirSync(folder, { recursive: true })
  writeFileSync(new URL('game.jsonl', folder), messages.map((message) => `${formatJsonMessage(message)}\n`).join(''))
  writeFileSync(new URL('genesis.json', folder), `${JSON.stringify({ channel: toHex(CHANNEL), args: ARGS }, null, 2)}\n`)
  console.log(`${messages.length} messages, decided at ${decidedAt}`, Object.fromEntries(countOutcomes(outcomes)))
}

await (process.argv.includes('--search') ? search(200) : write())
