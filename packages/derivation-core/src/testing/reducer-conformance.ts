/** What every runner of reducers has to do, whatever the language of the reducer: protocol.md §13. */
import { type Args, type Checkpoint, DEFAULT_PROFILE, type Genesis, type Message, type Outcome, type Profile } from '@foldb/abi'
import { describe, expect, it } from 'vitest'

import { genesisArgs, messageArgs } from '../args.ts'
import { createFold } from '../create-fold.ts'
import type { Fold } from '../fold.ts'
import { encodeMessage } from '../message.ts'
import { type Call, GuestTrap, type Reducer, type ReducerHost, type ReducerMessage, type Tables } from '../ports.ts'
import { profileDigest } from '../profile.ts'
import { validateManifest } from '../validate-manifest.ts'

export interface ReducerConformanceOptions {
  /** Loads the same reducer each time. */
  open(): Reducer | Promise<Reducer>
  readonly profile?: Profile
  /** Arguments under which `init` applies. */
  readonly genesisArgs: Args
  /** At least one of them is applied and changes rows. */
  readonly messages: readonly Message[]
  /** How they end, when that is known. */
  readonly outcomes?: readonly Outcome[]
}

const DISK_FULL = 'disk full, says the test'

function genesisOf(reducer: Reducer, options: ReducerConformanceOptions): Genesis {
  const profile = profileDigest(options.profile ?? DEFAULT_PROFILE)
  return { args: options.genesisArgs, engine: null, channel: new Uint8Array(32).fill(3), profile, reducer: reducer.digest }
}

async function openFold(options: ReducerConformanceOptions): Promise<Fold> {
  const reducer = await options.open()
  return createFold({ reducer, genesis: genesisOf(reducer, options), profile: options.profile })
}

/** Runs the suite. @param name what is tested */
export function reducerConformance(name: string, options: ReducerConformanceOptions): void {
  describe(`${name} as a reducer`, () => {
    describeOutcomes(options)
    describeHostFailures(options)
  })
}

function describeOutcomes(options: ReducerConformanceOptions): void {
  const { messages } = options
  it('has a digest and a manifest that loads', async () => {
    using reducer = await options.open()
    expect(reducer.digest).toHaveLength(32)
    expect(() => validateManifest(reducer.manifest, options.profile ?? DEFAULT_PROFILE)).not.toThrow()
  })

  it('ends each message as expected', async () => {
    using fold = await openFold(options)
    const outcomes = messages.map((message) => fold.apply(encodeMessage(message)))
    if (options.outcomes !== undefined) expect(outcomes).toEqual(options.outcomes)
    expect(outcomes.some(({ status }) => status === 'applied')).toBe(true)
  })

  it('gives the same outcomes and checkpoints on every run', async () => {
    using first = await openFold(options)
    using second = await openFold(options)
    for (const message of messages) {
      const bytes = encodeMessage(message)
      expect(second.apply(bytes)).toEqual(first.apply(bytes))
      expect(second.checkpoint()).toEqual(first.checkpoint())
    }
  })

  it('keeps nothing from one message to the next but rows', async () => {
    const reducer = await options.open()
    const genesis = genesisOf(reducer, options)
    const fold = (): Checkpoint => {
      const one = createFold({ reducer: { ...portOf(reducer), [Symbol.dispose]: () => undefined }, genesis, profile: options.profile })
      for (const message of messages) one.apply(encodeMessage(message))
      return one.checkpoint()
    }
    const once = fold()
    expect(fold()).toEqual(once)
    expect(fold()).toEqual(once)
    reducer[Symbol.dispose]()
  })
}

function describeHostFailures(options: ReducerConformanceOptions): void {
  it('throws when a host call breaks, and runs afterwards', async () => {
    using reducer = await options.open()
    const calls = callsOf(reducer, options, () => new Error(DISK_FULL))
    expect(
      calls.some(({ reached }) => reached),
      'a call that reaches the host',
    ).toBe(true)
    for (const { reached, run } of calls) if (reached) expect(run).toThrow()
    const fold = createFold({
      reducer: { ...portOf(reducer), [Symbol.dispose]: () => undefined },
      genesis: genesisOf(reducer, options),
      profile: options.profile,
    })
    expect(fold.position).toBe(0)
  })

  it('ends as trapped when a host call traps', async () => {
    using reducer = await options.open()
    const calls = callsOf(reducer, options, () => new GuestTrap('over a limit, says the test'))
    expect(
      calls.some(({ reached }) => reached),
      'a call that reaches the host',
    ).toBe(true)
    for (const { reached, run } of calls) if (reached) expect(run().outcome).toEqual({ status: 'trapped', code: 'trap' })
  })
}

interface HostCall {
  /** Whether the guest called a row operation or entropy when it was tried. */
  readonly reached: boolean
  run(): Call
}

/** `init` and every message that fits the manifest, on a host that ends each call in the same way. */
function callsOf(reducer: Reducer, options: ReducerConformanceOptions, error: () => Error): HostCall[] {
  let reached = false
  const end = (): never => {
    reached = true
    throw error()
  }
  const tables: Tables = { get: end, insert: end, put: end, delete: end, scan: end }
  const host: ReducerHost = { tables, entropy: end, log: () => undefined }
  const args = genesisArgs(reducer.manifest.genesis, options.genesisArgs)!
  const runs = [() => reducer.init(args, host), ...messagesOf(reducer, options).map((message) => () => reducer.reduce(message, host))]
  return runs.map((run) => {
    reached = false
    try {
      run()
    } catch {}
    return { reached, run }
  })
}

function messagesOf({ manifest }: Reducer, { messages }: ReducerConformanceOptions): ReducerMessage[] {
  return messages.flatMap(({ kind, args, sender, time }, i) => {
    const declared = manifest.messages.find((one) => one.name === kind)
    const values = declared === undefined ? undefined : messageArgs(declared, args)
    return values === undefined ? [] : [{ position: i + 1, sender, time, kind, args: values }]
  })
}

/** The functions of a reducer, also when it is an object of a class. */
function portOf(reducer: Reducer): Reducer {
  return {
    digest: reducer.digest,
    manifest: reducer.manifest,
    usesSql: reducer.usesSql,
    init: (args, host) => reducer.init(args, host),
    reduce: (message, host) => reducer.reduce(message, host),
    [Symbol.dispose]: () => reducer[Symbol.dispose](),
  }
}
