/** The fold: protocol.md §13, §14. */
import { DEFAULT_PROFILE, Fault, FoldbError, type Genesis, type Profile, toHex } from '@foldb/abi'
import { Mmr, stateRoot, treeRoot } from '@foldb/state-tree'
import { describe, expect, it } from 'vitest'

import { MANIFEST, type LedgerOptions, createLedger, genesisOf, message } from '../test/ledger.ts'
import { Entropy, seedOf } from './entropy.ts'
import { createFold } from './create-fold.ts'
import type { Fold } from './fold.ts'
import { argsDigest, genesisDigest } from './genesis.ts'
import { schemaDigest } from './manifest-cbor.ts'
import type { ReducerHost, RowChange } from './ports.ts'
import { profileDigest } from './profile.ts'
import { encodeReceipt } from './receipt.ts'
import { createTables } from './tables.ts'

function open(options: LedgerOptions = {}, changes: Partial<Genesis> = {}): Fold {
  const reducer = createLedger(options)
  return createFold({ reducer, genesis: genesisOf(reducer, changes) })
}

function errorOf(run: () => unknown): FoldbError {
  try {
    run()
  } catch (error) {
    if (FoldbError.is(error)) return error
    throw error
  }
  throw new Error('expected a FoldbError')
}

const args = (values: Record<string, number | string>): Genesis['args'] => values

describe('createFold', () => {
  const reducer = createLedger()

  it('refuses a genesis made for another reducer', () => {
    const error = errorOf(() => createFold({ reducer, genesis: genesisOf(reducer, { reducer: new Uint8Array(32) }) }))
    expect(error.code).toBe('foreign-genesis')
    expect(error.message).toContain('another reducer')
  })

  it('refuses a genesis made for another profile', () => {
    const profile: Profile = { ...DEFAULT_PROFILE, stateBytes: 1000 }
    expect(errorOf(() => createFold({ reducer, genesis: genesisOf(reducer), profile })).message).toContain('another profile')
    const { position } = createFold({ reducer, genesis: genesisOf(reducer, { profile: profileDigest(profile) }), profile })
    expect(position).toBe(0)
  })

  it('refuses a genesis that names an engine for a reducer without sql', () => {
    expect(errorOf(() => createFold({ reducer, genesis: genesisOf(reducer, { engine: new Uint8Array(32) }) })).code).toBe('foreign-genesis')
  })

  it('refuses a reducer that imports sql', () => {
    const sql = createLedger({ usesSql: true })
    expect(errorOf(() => createFold({ reducer: sql, genesis: genesisOf(sql) })).code).toBe('sql-unsupported')
  })

  it('refuses a manifest that breaks a rule', () => {
    const bad = createLedger({ manifest: { ...MANIFEST, verdict: 'nowhere' } })
    expect(errorOf(() => createFold({ reducer: bad, genesis: genesisOf(bad) })).code).toBe('bad-manifest')
  })

  it('refuses genesis arguments that do not fit', () => {
    expect(errorOf(() => createFold({ reducer, genesis: genesisOf(reducer, { args: args({ supply: 'all' }) }) })).code).toBe(
      'bad-genesis-args',
    )
    expect(errorOf(() => createFold({ reducer, genesis: genesisOf(reducer, { args: {} }) })).code).toBe('bad-genesis-args')
  })

  it('refuses a genesis under which init rejects', () => {
    const error = errorOf(() => createFold({ reducer, genesis: genesisOf(reducer, { args: args({ supply: 13 }) }) }))
    expect(error.code).toBe('invalid-genesis')
    expect(error.fields).toMatchObject({ status: 'rejected', code: 'unlucky' })
    expect(errorOf(() => createFold({ reducer, genesis: genesisOf(reducer, { args: args({ supply: -1 }) }) })).fields['code']).toBe(
      'sql-23514',
    )
  })

  it('leaves the reducer to its caller when it throws, and disposes it with the fold', () => {
    let disposed = 0
    const own = createLedger({ onDispose: () => void disposed++ })
    errorOf(() => createFold({ reducer: own, genesis: genesisOf(own, { args: {} }) }))
    expect(disposed).toBe(0)
    const fold = createFold({ reducer: own, genesis: genesisOf(own) })
    fold[Symbol.dispose]()
    fold[Symbol.dispose]()
    expect(disposed).toBe(1)
    expect(errorOf(() => fold.apply(message('alice', 'open'))).code).toBe('closed')
    expect(errorOf(() => fold.checkpoint()).code).toBe('closed')
  })
})

describe('a fold', () => {
  it('is at position 0 after init, with an empty log and no receipt', () => {
    const fold = open()
    const checkpoint = fold.checkpoint()
    expect(checkpoint.position).toBe(0)
    expect(checkpoint.genesis).toEqual(genesisDigest(fold.genesis))
    expect(checkpoint.logRoot).toEqual(new Mmr('log').root())
    expect(checkpoint.receiptRoot).toEqual(new Mmr('receipt').root())
    expect(fold.rows('accounts').at(0)).toEqual(['bank', 1000])
  })

  it('commits to the messages, the receipts and the rows', () => {
    const fold = open()
    const messages = [message('alice', 'open'), message('alice', 'open'), message('bank', 'send', { to: 'alice', amount: 5 })]
    const outcomes = messages.map((bytes) => fold.apply(bytes))
    expect(outcomes).toEqual([{ status: 'applied' }, { status: 'rejected', code: 'sql-23505' }, { status: 'applied' }])
    const [log, receipts] = [new Mmr('log'), new Mmr('receipt')]
    for (const bytes of messages) log.append(bytes)
    for (const outcome of outcomes) receipts.append(encodeReceipt(outcome))
    const tables = createTables(MANIFEST.tables, DEFAULT_PROFILE)
    for (const row of fold.rows('accounts')) tables.insert('accounts', row)
    const checkpoint = fold.checkpoint()
    expect(checkpoint.position).toBe(3)
    expect(checkpoint.logRoot).toEqual(log.root())
    expect(checkpoint.receiptRoot).toEqual(receipts.root())
    expect(checkpoint.stateRoot).toEqual(stateRoot(schemaDigest(MANIFEST.tables), treeRoot(tables.treeEntries())))
  })

  it('rejects an unknown kind and arguments that do not fit without a call', () => {
    let calls = 0
    const fold = open({ before: () => void calls++ })
    expect(fold.apply(message('a', 'constructor'))).toEqual({ status: 'rejected', code: 'unknown-kind' })
    expect(fold.apply(message('a', 'send', { to: 'b' }))).toEqual({ status: 'rejected', code: 'bad-arguments' })
    expect(fold.apply(message('a', 'send', { to: 'b', amount: 1.5 }))).toEqual({ status: 'rejected', code: 'bad-arguments' })
    expect(calls).toBe(0)
    expect(fold.position).toBe(3)
    expect(fold.counts).toEqual({ applied: 0, rejected: 3, trapped: 0 })
    expect([...fold.codes]).toEqual([
      ['rejected:unknown-kind', 1],
      ['rejected:bad-arguments', 2],
    ])
  })

  it('hands the message over as it is in the log', () => {
    const seen: unknown[] = []
    const fold = open({ before: (given) => void seen.push(given) })
    fold.apply(message('a', 'open'))
    fold.apply(message('b', 'send', { amount: 0, to: 'a' }))
    expect(seen).toMatchObject([
      { position: 1, sender: 'a', kind: 'open', args: [] },
      { position: 2, sender: 'b', kind: 'send', args: ['a', 0] },
    ])
  })

  it.each([
    ['a rejection', 'no-such-thing', { status: 'rejected', code: 'no-such-thing' }],
    ['a rejection with a code that no receipt can hold', 'Not A Code', { status: 'trapped', code: 'trap' }],
    ['a rejection without a code', '', { status: 'trapped', code: 'trap' }],
    ['a trap', 'trap', { status: 'trapped', code: 'trap' }],
    ['a trap that the guest caught', 'catch-trap', { status: 'trapped', code: 'trap' }],
  ])('undoes every effect of %s', (_, how, outcome) => {
    const fold = open()
    const { stateRoot: before } = fold.checkpoint()
    expect(fold.apply(message('a', 'misbehave', { how }))).toEqual(outcome)
    expect(fold.get('accounts', ['leak'])).toBeUndefined()
    expect(fold.checkpoint().stateRoot).toEqual(before)
    expect(fold.position).toBe(1)
  })

  it('lets the guest go on after a refused row operation', () => {
    const fold = open()
    expect(fold.apply(message('a', 'misbehave', { how: 'catch-refusal' }))).toEqual({ status: 'applied' })
    expect(fold.get('accounts', ['leak'])).toEqual(['leak', 1])
  })

  it('refuses bytes that are no message and stays where it is', () => {
    const fold = open()
    fold.apply(message('a', 'open'))
    const before = fold.checkpoint()
    const bytes = message('b', 'open')
    const error = errorOf(() => fold.apply(bytes.subarray(0, bytes.length - 1)))
    expect(error.code).toBe('bad-message')
    expect(error.fields).toMatchObject({ position: 2, offset: expect.any(Number) as number })
    expect(fold.checkpoint()).toEqual(before)
    expect(fold.apply(bytes)).toEqual({ status: 'applied' })
  })

  it.each([
    ['fault', 'out-of-memory'],
    ['exception', 'reducer-fault'],
  ])('undoes a message in which the host broke (%s), rethrows, and can go on with the same message', (how, code) => {
    const [fold, other] = [open(), open()]
    const bytes = message('a', 'misbehave', { how })
    const before = fold.checkpoint()
    const error = errorOf(() => fold.apply(bytes))
    expect(error).toBeInstanceOf(Fault)
    expect(error.code).toBe(code)
    if (how === 'exception') expect(error.cause).toBeInstanceOf(RangeError)
    expect(fold.checkpoint()).toEqual(before)
    const next = message('a', 'open')
    expect(fold.apply(next)).toEqual({ status: 'applied' })
    other.apply(next)
    expect(fold.checkpoint()).toEqual(other.checkpoint())
    expect(fold.takeChanges()).toEqual(other.takeChanges())
  })

  it('raises what broke in a host call even if the guest caught it', () => {
    const reducer = createLedger({
      before: (_, { log }) => {
        try {
          log('info', 'hello')
        } catch {}
      },
    })
    const onLog = (): never => {
      throw new Error('disk full')
    }
    const fold = createFold({
      reducer: { ...reducer, reduce: (m, host) => reducer.reduce(m, bound(host)) },
      genesis: genesisOf(reducer),
      onLog,
    })
    const error = errorOf(() => fold.apply(message('a', 'open')))
    expect(error.code).toBe('reducer-fault')
    expect((error.cause as Error).message).toBe('disk full')
    expect(fold.position).toBe(0)
  })

  it('refuses an outcome that is none as a fault', () => {
    const reducer = createLedger()
    const answer = (outcome: unknown): Fold =>
      createFold({ reducer: { ...reducer, reduce: () => ({ outcome: outcome as never, fuel: 0n }) }, genesis: genesisOf(reducer) })
    expect(errorOf(() => answer({ status: 'trapped', code: 'out-of-luck' }).apply(message('a', 'open'))).code).toBe('reducer-fault')
    expect(errorOf(() => answer({ status: 'maybe' }).apply(message('a', 'open'))).code).toBe('reducer-fault')
    expect(answer({ status: 'trapped', code: 'out-of-fuel' }).apply(message('a', 'open'))).toEqual({
      status: 'trapped',
      code: 'out-of-fuel',
    })
    expect(answer({ status: 'trapped', code: 'out-of-stack' }).apply(message('a', 'open'))).toEqual({
      status: 'trapped',
      code: 'out-of-stack',
    })
  })

  it('refuses re-entry', () => {
    const folds: Fold[] = []
    const fold = open({ before: () => void folds[0]?.apply(message('b', 'open')) })
    folds.push(fold)
    expect(errorOf(() => fold.apply(message('a', 'open'))).code).toBe('busy')
    expect(fold.position).toBe(0)
  })

  it('traps host calls while no message runs', () => {
    const kept: ReducerHost[] = []
    const fold = open({ before: (_, host) => void kept.push(host) })
    fold.apply(message('a', 'open'))
    expect(() => kept[0]!.tables.get('accounts', ['a'])).toThrow('no message runs')
    expect(() => kept[0]!.entropy(1)).toThrow('no message runs')
    expect(fold.apply(message('b', 'open'))).toEqual({ status: 'applied' })
  })

  it('gives the row of the verdict table once there is one', () => {
    const fold = open()
    expect(fold.verdict()).toBeUndefined()
    fold.apply(message('a', 'decide'))
    expect({ ...fold.verdict() }).toEqual({ id: 1, name: 'bank' })
    expect(Object.getPrototypeOf(fold.verdict())).toBeNull()
    const silent = createLedger({ manifest: { ...MANIFEST, verdict: '' } })
    expect(createFold({ reducer: silent, genesis: genesisOf(silent) }).verdict()).toBeUndefined()
  })

  it('gives net changes since they were last taken', () => {
    const fold = open()
    expect(fold.takeChanges().map(({ key }) => key[0])).toEqual(['bank', expect.stringMatching(/^roll /)])
    fold.apply(message('alice', 'open'))
    fold.apply(message('bank', 'send', { to: 'alice', amount: 7 }))
    const expected: RowChange[] = [
      { table: 0, key: ['alice'], row: ['alice', 7] },
      { table: 0, key: ['bank'], row: ['bank', 993] },
    ]
    expect(fold.takeChanges()).toEqual(expected)
    fold.apply(message('alice', 'send', { to: 'bank', amount: 8 }))
    expect(fold.takeChanges()).toEqual([])
    expect(errorOf(() => fold.rows('nowhere')).code).toBe('unknown-table')
  })
})

/** A host whose functions can be taken out of it. */
function bound(host: ReducerHost): ReducerHost {
  return { tables: host.tables, entropy: (count) => host.entropy(count), log: (level, text) => host.log(level, text) }
}

describe('entropy', () => {
  const rolled = (fold: Fold): string =>
    fold
      .rows('accounts')
      .map(([name]) => String(name))
      .filter((name) => name.startsWith('roll '))
      .join()

  it('is seeded in init by position 0, the empty log and no sender', () => {
    const fold = open()
    const { genesis } = fold
    const seed = seedOf({
      channel: genesis.channel,
      argsDigest: argsDigest(genesis.args),
      logRoot: new Mmr('log').root(),
      position: 0,
      sender: '',
    })
    expect(rolled(fold)).toBe(`roll ${toHex(new Entropy(seed).bytes(8))}`)
  })

  it('is seeded by the log before the message, its position and its sender', () => {
    const fold = open()
    const first = message('alice', 'open')
    fold.apply(first)
    fold.takeChanges()
    fold.apply(message('bob', 'roll', { count: 40 }))
    const log = new Mmr('log')
    log.append(first)
    const { channel } = fold.genesis
    const seed = seedOf({ channel, argsDigest: argsDigest(fold.genesis.args), logRoot: log.root(), position: 2, sender: 'bob' })
    expect(fold.takeChanges()[0]!.key).toEqual([`roll ${toHex(new Entropy(seed).bytes(40))}`])
  })

  it('differs by channel', () => {
    expect(rolled(open())).not.toBe(rolled(open({}, { channel: new Uint8Array(32) })))
  })

  it('reads on in one message', () => {
    const reads: string[] = []
    const fold = open({ before: (_, host) => void reads.push(toHex(host.entropy(3)), toHex(host.entropy(40))) })
    fold.apply(message('a', 'roll', { count: 5 }))
    const { channel } = fold.genesis
    const seed = seedOf({ channel, argsDigest: argsDigest(fold.genesis.args), logRoot: new Mmr('log').root(), position: 1, sender: 'a' })
    expect(reads.join('')).toBe(toHex(new Entropy(seed).bytes(43)))
  })

  it('traps above the limit of a call', () => {
    const fold = open()
    const { entropy } = DEFAULT_PROFILE.sizes
    expect(fold.apply(message('a', 'roll', { count: entropy + 1 }))).toEqual({ status: 'trapped', code: 'trap' })
    // the limit itself is granted: the row it makes is then too large
    expect(fold.apply(message('a', 'roll', { count: entropy }))).toEqual({ status: 'rejected', code: 'sql-54000' })
  })
})

describe('log', () => {
  it('gives each line with its position, also of a message that is undone', () => {
    const lines: unknown[] = []
    const reducer = createLedger({ before: (_, host) => host.log('debug', 'before') })
    const fold = createFold({ reducer, genesis: genesisOf(reducer), onLog: (...line) => void lines.push(line) })
    fold.apply(message('a', 'say', { text: 'hello' }))
    fold.apply(message('a', 'misbehave', { how: 'no' }))
    expect(lines).toEqual([
      [1, 'debug', 'before'],
      [1, 'info', 'hello'],
      [2, 'debug', 'before'],
    ])
  })

  it('traps on more text than the limit, in bytes', () => {
    const profile: Profile = { ...DEFAULT_PROFILE, sizes: { ...DEFAULT_PROFILE.sizes, logText: 8 } }
    const reducer = createLedger()
    const fold = createFold({ reducer, genesis: genesisOf(reducer, { profile: profileDigest(profile) }), profile })
    expect(fold.apply(message('a', 'say', { text: 'éé\u{1F600}' }))).toEqual({ status: 'applied' })
    expect(fold.apply(message('a', 'say', { text: 'éé\u{1F600}.' }))).toEqual({ status: 'trapped', code: 'trap' })
    expect(fold.apply(message('a', 'say', { text: '\u{20AC}\u{20AC}\u{20AC}' }))).toEqual({ status: 'trapped', code: 'trap' })
  })
})
