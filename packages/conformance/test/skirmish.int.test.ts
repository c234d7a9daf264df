import { readFileSync } from 'node:fs'
import type { Message, Value } from '@foldb/abi'
import { encodeMessage, type Fold, messageArgs, parseJsonLines, schemaDigest } from '@foldb/derivation-core'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeCheckpoint, genesisFor, openFold } from '../src/fold-log.ts'
import { vectorUrl } from '../src/vectors.ts'
import { type SkirmishFinal, type SkirmishMessage, SkirmishReference } from './skirmish-reference.ts'

type Language = 'typescript' | 'assemblyscript'

const LANGUAGES: readonly Language[] = ['typescript', 'assemblyscript']
const RUNS = 10 * Number(process.env['FOLDB_RUNS'] ?? 1)
const INTEGER_MAX = 2 ** 31 - 1

const wasmOf = (language: Language): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../../../reducers/skirmish/${language}/skirmish.wasm`, import.meta.url)))
const open = (language: Language): Promise<Fold> => openFold(wasmOf(language), genesisFor(wasmOf(language)))
const logOf = (count: number): Uint8Array[] =>
  parseJsonLines(readFileSync(vectorUrl(`skirmish/log-${count}.jsonl`), 'utf8')).map((message) => encodeMessage(message))
const finalOf = (count: number): SkirmishFinal =>
  JSON.parse(readFileSync(vectorUrl(`skirmish/final-${count}.json`), 'utf8')) as SkirmishFinal

function foldAll(fold: Fold, log: readonly Uint8Array[]): ReturnType<typeof describeCheckpoint> {
  for (const message of log) fold.apply(message)
  return describeCheckpoint(fold.checkpoint(), fold)
}

function tablesOf(fold: Fold): unknown {
  return Object.fromEntries(['units', 'events', 'score', 'game'].map((name) => [name, fold.rows(name)]))
}

function expectFinal(fold: Fold, { tables, outcomes }: SkirmishFinal): void {
  expect(tablesOf(fold)).toEqual(tables)
  expect(fold.counts).toEqual({ applied: outcomes.applied, rejected: outcomes.rejected, trapped: 0 })
  expect(Object.fromEntries(fold.codes)).toEqual(
    Object.fromEntries(Object.entries(outcomes.codes).map(([code, count]) => [`rejected:${code}`, count])),
  )
}

describe('skirmish in two languages', () => {
  it('declares the same tables and messages', async () => {
    const [typescript, assemblyscript] = await Promise.all(LANGUAGES.map(open))
    expect(assemblyscript!.manifest).toEqual(typescript!.manifest)
    expect(schemaDigest(assemblyscript!.manifest.tables)).toEqual(schemaDigest(typescript!.manifest.tables))
  })

  it('folds 1000 messages into the reference’s tables, with equal roots', async () => {
    const ends = []
    for (const language of LANGUAGES) {
      using fold = await open(language)
      ends.push(foldAll(fold, logOf(1000)))
      expectFinal(fold, finalOf(1000))
    }
    const [typescript, assemblyscript] = ends
    expect(assemblyscript!.stateRoot).toBe(typescript!.stateRoot)
    expect(assemblyscript!.receiptRoot).toBe(typescript!.receiptRoot)
    expect(assemblyscript!.logRoot).toBe(typescript!.logRoot)
    expect(assemblyscript!.genesis).not.toBe(typescript!.genesis)
  })

  it('folds 10 000 messages of AssemblyScript into the reference’s tables', async () => {
    using fold = await open('assemblyscript')
    foldAll(fold, logOf(10_000))
    expectFinal(fold, finalOf(10_000))
  })

  it.each(LANGUAGES)('gives the same checkpoint however the log of %s is cut', async (language) => {
    const log = logOf(1000).slice(0, 400)
    using whole = await open(language)
    const expected = foldAll(whole, log)
    const cuts = fc.uniqueArray(fc.integer({ min: 0, max: log.length }), { maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(cuts, async (places) => {
        using fold = await open(language)
        let changes = 0
        let from = 0
        for (const place of [...places.sort((a, b) => a - b), log.length]) {
          foldAll(fold, log.slice(from, place))
          changes += fold.takeChanges().length
          from = place
        }
        expect(describeCheckpoint(fold.checkpoint(), fold)).toEqual(expected)
        expect(changes).toBeGreaterThanOrEqual(whole.rows('events').length)
      }),
      { numRuns: language === 'assemblyscript' ? RUNS : 2, seed: 7 },
    )
  })
})

describe('skirmish with messages that nobody would send', () => {
  const integer = fc.oneof(
    { weight: 20, arbitrary: fc.integer({ min: -1, max: 8 }) },
    { weight: 2, arbitrary: fc.constantFrom(20, 63, 64, -(2 ** 31), INTEGER_MAX) },
    { weight: 1, arbitrary: fc.constantFrom(2 ** 31, -(2 ** 31) - 1, Number.MAX_SAFE_INTEGER, 2n ** 63n - 1n) },
  )
  const id = fc.oneof({ weight: 20, arbitrary: fc.nat(40) }, { weight: 1, arbitrary: integer })
  // null stands for whose turn it is
  const player = fc.oneof({ weight: 9, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: integer })
  const message = fc.oneof(
    fc.record({ kind: fc.constant('spawn'), player, unit: id, x: integer, y: integer, hp: integer }),
    fc.record({ kind: fc.constant('move'), player, unit: id, x: integer, y: integer }),
    fc.record({ kind: fc.constant('attack'), player, unit: id, target: id, roll: integer }),
  )
  const encode = ({ kind, ...args }: Readonly<Record<string, Value>>): Uint8Array =>
    encodeMessage({ sender: 'anybody', time: 0, kind: String(kind), args } satisfies Message)
  const narrow = (value: Value): boolean => typeof value !== 'bigint' && Math.abs(Number(value) + 0.5) < 2 ** 31

  it('answers like the reference, in both languages', async () => {
    using opened = new DisposableStack()
    const folds = (await Promise.all(LANGUAGES.map(open))).map((fold) => opened.use(fold))
    const reference = new SkirmishReference()
    let applied = 0
    for (const drawn of fc.sample(message, { numRuns: 150 * RUNS, seed: 11 })) {
      const sent = { ...drawn, player: drawn.player ?? reference.turn }
      // a sum that no column holds is another test's
      if ('roll' in sent && sent.roll > 1000) continue
      const { kind: _, ...args } = sent
      const code = Object.values(args).every(narrow) ? reference.apply(sent as SkirmishMessage) : -1
      const expected = code === 0 ? { status: 'applied' } : { status: 'rejected', code: code < 0 ? 'out-of-range' : `code-${code}` }
      if (code < 0) reference.skip()
      else if (code === 0) applied++
      for (const fold of folds) expect(fold.apply(encode(sent))).toEqual(expected)
    }
    expect(applied).toBeGreaterThan(60)
    for (const fold of folds) expect(tablesOf(fold)).toEqual(reference.final().tables)
    const [typescript, assemblyscript] = folds.map((fold) => fold.checkpoint())
    expect(assemblyscript!.stateRoot).toEqual(typescript!.stateRoot)
    expect(assemblyscript!.receiptRoot).toEqual(typescript!.receiptRoot)
  })

  it.each(LANGUAGES)('refuses a sum that its column cannot hold, in %s', async (language) => {
    using fold = await open(language)
    const spawn = (who: number, unit: number, hp: number): Uint8Array => encode({ kind: 'spawn', player: who, unit, x: unit, y: 0, hp })
    const attack = encode({ kind: 'attack', player: 0, unit: 1, target: 2, roll: INTEGER_MAX })
    const pass = (x: number): Uint8Array => encode({ kind: 'move', player: 1, unit: 4, x, y: 0 })
    const outcomes = [spawn(0, 1, 60), spawn(1, 2, INTEGER_MAX), spawn(0, 3, 1), spawn(1, 4, INTEGER_MAX), attack, pass(5), attack, pass(4)]
    for (const sent of outcomes) expect(fold.apply(sent)).toEqual({ status: 'applied' })
    expect(fold.get('units', [2])).toEqual([2, 1, 2, 0, 1])
    expect(fold.apply(encode({ kind: 'attack', player: 0, unit: 1, target: 4, roll: INTEGER_MAX }))).toEqual({
      status: 'rejected',
      code: 'sql-22003',
    })
    expect(fold.get('units', [4])).toEqual([4, 1, 4, 0, INTEGER_MAX])
  })

  it.each(LANGUAGES)('leaves what does not fit the manifest to the host, in %s', async (language) => {
    using fold = await open(language)
    expect(fold.apply(encode({ kind: 'surrender', player: 0 }))).toEqual({ status: 'rejected', code: 'unknown-kind' })
    expect(fold.apply(encode({ kind: 'move', player: 0, unit: 1, x: 1 }))).toEqual({ status: 'rejected', code: 'bad-arguments' })
    expect(fold.apply(encode({ kind: 'move', player: 0, unit: 1, x: 1, y: 0.5 }))).toEqual({ status: 'rejected', code: 'bad-arguments' })
    expect(messageArgs(fold.manifest.messages[1]!, { player: 0, unit: 1, x: 1, y: 2 })).toEqual([0, 1, 1, 2])
  })
})
