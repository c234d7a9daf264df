import { DEFAULT_PROFILE, formatDigest, type Manifest } from '@foldb/abi'
import { createFold, encodeAppData, parseMessages, profileDigest, type Reducer } from '@foldb/derivation-core'

const manifest: Manifest = {
  name: 'votes',
  version: '1.0.0',
  tables: [
    {
      name: 'votes',
      columns: [
        { name: 'voter', type: 'text', nullable: false },
        { name: 'choice', type: 'text', nullable: false },
      ],
      primaryKey: [0],
      indexes: [],
      checks: [],
      foreignKeys: [],
    },
  ],
  views: [],
  genesis: [],
  messages: [{ name: 'vote', params: [{ name: 'choice', type: 'text', nullable: false }] }],
  verdict: '',
}

// Usually a WebAssembly component that @foldb/wasm-runtime loads; here a plain object.
const reducer: Reducer = {
  manifest,
  digest: new Uint8Array(32),
  usesSql: false,
  init: () => ({ outcome: { status: 'applied' }, fuel: 0n }),
  reduce({ sender, args: [choice = null] }, { tables }) {
    if (tables.get('votes', [sender]) !== undefined) return { outcome: { status: 'rejected', code: 'voted-already' }, fuel: 0n }
    tables.insert('votes', [sender, choice])
    return { outcome: { status: 'applied' }, fuel: 0n }
  },
  [Symbol.dispose]: () => undefined,
}

const appData = encodeAppData({
  genesis: { args: {}, engine: null, channel: new Uint8Array(32), profile: profileDigest(DEFAULT_PROFILE), reducer: reducer.digest },
  messages: [
    { sender: 'alice', time: 1_700_000_000_000, kind: 'vote', args: { choice: 'tea' } },
    { sender: 'alice', time: 1_700_000_001_000, kind: 'vote', args: { choice: 'coffee' } },
  ],
})

const { genesis, messages } = parseMessages(appData)
const fold = createFold({ reducer, genesis })
for (const message of messages) console.log(fold.apply(message)) // applied; rejected, voted-already
console.log(fold.rows('votes')) // [['alice', 'tea']]
console.log(formatDigest(fold.checkpoint().stateRoot)) // the same on every machine
