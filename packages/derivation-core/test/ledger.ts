/** A small reducer for tests of the fold: accounts, transfers, a verdict, and messages that misbehave. */
import { DEFAULT_PROFILE, DbError, Fault, type Genesis, type Manifest, type Message, type Profile, type Value, toHex } from '@foldb/abi'

import { encodeMessage } from '../src/message.ts'
import { GuestTrap, type Reducer, type ReducerHost, type ReducerMessage } from '../src/ports.ts'
import { profileDigest } from '../src/profile.ts'
import { Rejection, createNativeReducer } from '../src/testing/native-reducer.ts'

export const MANIFEST: Manifest = {
  name: 'ledger',
  version: '1.0.0',
  tables: [
    {
      name: 'accounts',
      columns: [
        { name: 'name', type: 'text', nullable: false },
        { name: 'balance', type: 'bigint', nullable: false },
      ],
      primaryKey: [0],
      indexes: [{ name: 'accounts_balance', columns: [1], unique: false, where: [] }],
      checks: [{ name: 'not_in_debt', all: [{ column: 1, comparison: 'greater-or-equal', operand: { constant: 0 } }] }],
      foreignKeys: [],
    },
    {
      name: 'winner',
      columns: [
        { name: 'id', type: 'integer', nullable: false },
        { name: 'name', type: 'text', nullable: false },
      ],
      primaryKey: [0],
      indexes: [{ name: 'winner_name', columns: [1], unique: true, where: [] }],
      checks: [],
      foreignKeys: [{ name: 'winner_account', columns: [1], references: 'accounts' }],
    },
  ],
  views: [],
  genesis: [{ name: 'supply', type: 'integer', nullable: false }],
  messages: [
    { name: 'open', params: [] },
    {
      name: 'send',
      params: [
        { name: 'to', type: 'text', nullable: false },
        { name: 'amount', type: 'integer', nullable: false },
      ],
    },
    { name: 'roll', params: [{ name: 'count', type: 'integer', nullable: false }] },
    { name: 'decide', params: [] },
    { name: 'misbehave', params: [{ name: 'how', type: 'text', nullable: false }] },
    { name: 'say', params: [{ name: 'text', type: 'text', nullable: false }] },
  ],
  verdict: 'winner',
}

function add({ tables }: ReducerHost, name: string, amount: bigint): void {
  const [, balance] = tables.get('accounts', [name]) ?? [name, 0]
  tables.put('accounts', [name, BigInt(balance as number) + amount])
}

/** What a guest must not be able to hide, or must not be believed. */
function misbehave(how: string, host: ReducerHost): void {
  host.tables.put('accounts', ['leak', 1])
  if (how === 'trap') throw new GuestTrap('asked to')
  if (how === 'catch-trap') {
    try {
      host.entropy(DEFAULT_PROFILE.sizes.entropy + 1)
    } catch {
      return
    }
  }
  if (how === 'catch-refusal') {
    try {
      host.tables.insert('accounts', ['leak', -1])
    } catch (error) {
      if (!DbError.is(error)) throw error
      return
    }
  }
  if (how === 'fault') throw new Fault('out-of-memory', 'the host has no memory')
  if (how === 'exception') throw new RangeError('too much recursion')
  throw new Rejection(how)
}

export interface LedgerOptions {
  readonly usesSql?: boolean
  onDispose?(): void
  /** Runs first in each message. */
  before?(message: ReducerMessage, host: ReducerHost): void
  readonly manifest?: Manifest
}

export function createLedger(options: LedgerOptions = {}): Reducer {
  const { before = () => undefined, manifest = MANIFEST } = options
  const handlers: Parameters<typeof createNativeReducer>[0]['handlers'] = {
    open: ({ sender }, { tables }) => tables.insert('accounts', [sender, 0]),
    send: ({ sender, args: [to, amount] }, host) => {
      add(host, String(to), BigInt(amount as number))
      if (host.tables.get('accounts', [sender]) === undefined) throw new Rejection('no-account')
      add(host, sender, -BigInt(amount as number))
    },
    roll: ({ args: [count] }, host) => {
      const text = toHex(host.entropy(count as number))
      host.tables.put('accounts', [`roll ${text}`, 0])
    },
    decide: (_, { tables }) => {
      const [richest] = tables.scan('accounts', 'accounts_balance', {
        lower: { kind: 'open' },
        upper: { kind: 'open' },
        limit: 1,
        descending: true,
      })
      tables.insert('winner', [1, richest![0]!])
    },
    misbehave: ({ args: [how] }, host) => misbehave(String(how), host),
    say: ({ args: [text] }, host) => host.log('info', String(text)),
  }
  const watched = Object.fromEntries(
    Object.entries(handlers).map(([kind, handle]) => [
      kind,
      (message: ReducerMessage, host: ReducerHost) => {
        before(message, host)
        handle(message, host)
      },
    ]),
  )
  return createNativeReducer({
    manifest,
    usesSql: options.usesSql ?? false,
    handlers: watched,
    onDispose: () => options.onDispose?.(),
    init: ([supply], host) => {
      if (supply === 13) throw new Rejection('unlucky')
      host.tables.insert('accounts', ['bank', supply as number])
      host.tables.insert('accounts', [`roll ${toHex(host.entropy(8))}`, 0])
    },
  })
}

export function genesisOf(reducer: Reducer, changes: Partial<Genesis> = {}, profile: Profile = DEFAULT_PROFILE): Genesis {
  const args = Object.assign(Object.create(null) as Record<string, Value>, { supply: 1000 })
  return { args, engine: null, channel: new Uint8Array(32).fill(7), profile: profileDigest(profile), reducer: reducer.digest, ...changes }
}

let time = 1_700_000_000_000

/** Canonical bytes of a message; each is a second later than the one before. */
export function message(sender: string, kind: string, args: Message['args'] = {}): Uint8Array {
  return encodeMessage({ sender, time: (time += 1000), kind, args })
}
