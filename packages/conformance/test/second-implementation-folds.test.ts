/** Row operations and folds, by the implementation that was written from protocol.md alone. */
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { Condition, Table as EngineTable, Value } from '@foldb/abi'
import { describe, expect, it } from 'vitest'
import { genesisFor, openFold, type CheckpointVector } from '../src/fold-log.ts'
import { vectorUrl } from '../src/vectors.ts'
import { decodeAppData, encodeAppData } from './second-implementation/app-data.ts'
import { fromHex, toHex } from './second-implementation/bytes.ts'
import { each, file, scalars } from './second-implementation/cases.ts'
import { number, type Scalar } from './second-implementation/cbor.ts'
import { checkpointDigest, decodeCheckpoint } from './second-implementation/checkpoint.ts'
import type { Condition as OwnCondition, Table } from './second-implementation/column-type.ts'
import { seed, stream } from './second-implementation/entropy.ts'
import { checkpointOf, fits } from './second-implementation/fold.ts'
import { argsDigest, decodeGenesis, encodeGenesis } from './second-implementation/genesis.ts'
import { sha256 } from './second-implementation/hash.ts'
import { parseLines } from './second-implementation/json-lines.ts'
import { parseManifest, parseTables } from './second-implementation/manifest.ts'
import { decodeMessage, encodeMessage } from './second-implementation/message.ts'
import { root } from './second-implementation/mountain-range.ts'
import { denote, type Notation } from './second-implementation/notation.ts'
import {
  DbRefused,
  get,
  remove,
  scan,
  stateEntries,
  Trap,
  write,
  type Bound,
  type Limits,
  type State,
} from './second-implementation/operations.ts'
import { encodeProfile, profileDigest, type Profile } from './second-implementation/profile.ts'
import type { Outcome } from './second-implementation/receipt.ts'
import { treeRoot } from './second-implementation/tree.ts'

type WrittenBound = null | readonly ['inclusive' | 'exclusive', readonly Notation[]]
interface Operation {
  readonly op: 'get' | 'delete' | 'insert' | 'put' | 'scan' | 'entropy'
  readonly table: string
  readonly key?: readonly Notation[]
  readonly row?: readonly Notation[]
  readonly index?: string
  readonly range?: { readonly lower: WrittenBound; readonly upper: WrittenBound; readonly limit: number; readonly descending: boolean }
  readonly count?: number
  readonly expected: unknown
}

const LIMITS: Limits = { value: 1_048_576, key: 255, row: 1_048_576, state: 2 ** 32, scanRows: 65_536 }
const bound = (written: WrittenBound): Bound => (written === null ? null : [written[0], scalars(written[1])])

function answer(state: State, { op, table, key = [], row = [], index = '', range }: Operation): unknown {
  if (op === 'get') return get(state, table, scalars(key))?.map(denote) ?? null
  if (op === 'delete') return remove(state, table, scalars(key))
  if (op === 'insert' || op === 'put') return (write(state, op, table, scalars(row)), null)
  if (range === undefined) throw new Error('no range')
  return scan(state, table, index, { ...range, lower: bound(range.lower), upper: bound(range.upper) }).map((found) => found.map(denote))
}

function outcome(state: State, operation: Operation): unknown {
  try {
    return { ok: answer(state, operation) }
  } catch (error) {
    if (error instanceof DbRefused) return { error: error.answer }
    if (error instanceof Trap) return { trap: true }
    throw error
  }
}

interface OperationsCase {
  readonly tables: unknown
  readonly limits: { readonly sizes?: Partial<Limits>; readonly numbers?: Partial<Limits>; readonly stateBytes?: number }
  readonly operations: readonly Operation[]
  readonly entries: [string, string][]
  readonly treeRoot: string
}

for (const name of ['row-operations', 'scans']) {
  each<OperationsCase>(
    name,
    ({ tables: written, limits: { sizes, numbers, stateBytes = LIMITS.state }, operations, entries, treeRoot: expected }) => {
      const tables = parseTables(JSON.stringify(written))
      const state = { tables, limits: { ...LIMITS, ...sizes, ...numbers, state: stateBytes }, rows: tables.map(() => new Map()) }
      for (const operation of operations) expect(outcome(state, operation)).toEqual(operation.expected)
      const found = stateEntries(state)
      expect(new Map(found.map(({ key, row }) => [key, toHex(row)]))).toEqual(new Map(entries))
      expect(toHex(treeRoot(found))).toBe(expected)
    },
  )
}

interface Script {
  readonly calls: readonly Operation[]
  readonly ends: { readonly status: Outcome['status']; readonly code?: string }
}
interface FoldCase {
  readonly manifest: unknown
  readonly genesis: string
  readonly init: Script
  readonly checkpoint: string
  readonly messages: readonly {
    readonly bytes: string
    readonly script?: Script
    readonly outcome: Script['ends']
    readonly checkpoint: string
  }[]
}

/** Runs what a reducer does; the rows after it. */
function play(state: State, script: Script, seedBytes: Uint8Array): State {
  const after = { ...state, rows: state.rows.map((rows) => new Map(rows)) }
  let read = 0
  for (const call of script.calls) {
    if (call.op === 'entropy') {
      const end = read + (call.count ?? 0)
      expect({ bytes: toHex(stream(seedBytes, end).slice(read)) }).toEqual(call.expected)
      read = end
    } else expect(outcome(after, call)).toEqual(call.expected)
  }
  return script.ends.status === 'applied' ? after : state
}

each<FoldCase>('fold', ({ manifest: written, genesis: genesisHex, init, checkpoint, messages }) => {
  const { tables, genesis: params, messages: kinds } = parseManifest(JSON.stringify(written))
  const genesis = fromHex(genesisHex)
  const { args, channel } = decodeGenesis(genesis)
  expect(fits(params, args)).toBe(true)
  const done: Uint8Array[] = []
  const outcomes: Outcome[] = []
  const seedFor = (position: number, sender: string): Uint8Array =>
    seed({ channel, argsDigest: argsDigest(args), logRoot: root('log', done), position, sender })
  const check = (state: State, expected: string): void => {
    expect(toHex(checkpointOf({ genesis, messages: done, outcomes, tables, rows: state.rows.map((rows) => rows.values()) }))).toBe(expected)
  }
  let state: State = play({ tables, limits: LIMITS, rows: tables.map(() => new Map()) }, init, seedFor(0, ''))
  check(state, checkpoint)
  for (const { bytes, script, outcome: ends, checkpoint: expected } of messages) {
    const message = decodeMessage(fromHex(bytes))
    const kind = kinds.find(({ name }) => name === message.kind)
    const refusal = kind === undefined ? 'unknown-kind' : fits(kind.params, message.args) ? undefined : 'bad-arguments'
    expect(script === undefined ? ends : undefined).toEqual(refusal === undefined ? undefined : { status: 'rejected', code: refusal })
    if (script !== undefined) state = play(state, script, seedFor(done.length + 1, message.sender))
    done.push(fromHex(bytes))
    outcomes.push({ status: ends.status, code: ends.code ?? '' })
    check(state, expected)
  }
})

interface CommittedCase {
  readonly name: string
  readonly reducer: string
  readonly log: string
  readonly args?: Readonly<Record<string, string>>
  readonly channel?: string
  readonly expected: CheckpointVector
}

/** What the engine gives, as this implementation holds it. */
function scalarOf(value: Value): Scalar {
  if (typeof value === 'number') return number(value)
  if (typeof value === 'bigint') return { integer: value }
  if (typeof value === 'string') return { text: value }
  return value instanceof Uint8Array ? { bytes: value } : value
}

const conditionOf = ({ column, comparison, operand }: Condition): OwnCondition => ({
  column,
  comparison,
  operand: 'constant' in operand ? { constant: scalarOf(operand.constant) } : operand,
})

function tableOf({ name, columns, primaryKey, indexes, checks, foreignKeys }: EngineTable): Table {
  return {
    name,
    columns,
    'primary-key': primaryKey,
    indexes: indexes.map((index) => ({ ...index, where: index.where.map(conditionOf) })),
    checks: checks.map((check) => ({ ...check, all: check.all.map(conditionOf) })),
    'foreign-keys': foreignKeys,
  }
}

async function refold({ reducer, log, args = {}, channel = '00'.repeat(32), expected }: CommittedCase): Promise<void> {
  const wasm = new Uint8Array(await readFile(new URL(`../../../${reducer}`, import.meta.url)))
  const messages = parseLines(readFileSync(vectorUrl(log))).map((message) => encodeMessage(message))
  using fold = await openFold(wasm, genesisFor(wasm, args, fromHex(channel)))
  const outcomes = messages.map((message): Outcome => {
    const { status, ...rest } = fold.apply(message)
    return { status, code: 'code' in rest ? rest.code : '' }
  })
  const profile = file<{ profile: Profile }>('profile').cases[0]?.profile
  if (profile === undefined) throw new Error('no default profile')
  const genesis = encodeGenesis({
    args: Object.entries(args).map(([name, value]) => [name, { text: value }] as const),
    engine: null,
    channel: fromHex(channel),
    profile: profileDigest(encodeProfile(profile)),
    reducer: sha256(wasm),
  })
  const tables = fold.manifest.tables.map(tableOf)
  const rows = tables.map(({ name }) => fold.rows(name).map((row) => row.map(scalarOf)))
  const bytes = checkpointOf({ genesis, messages, outcomes, tables, rows })
  const { position, ...digests } = decodeCheckpoint(bytes)
  const shown = Object.fromEntries(
    Object.entries({ ...digests, checkpoint: checkpointDigest(bytes) }).map(([name, digest]) => [name, `sha256:${toHex(digest)}`]),
  )
  const count = (status: string): number => outcomes.filter((one) => one.status === status).length
  expect({ position, ...shown, outcomes: { applied: count('applied'), rejected: count('rejected'), trapped: count('trapped') } }).toEqual(
    expected,
  )
  if (log.startsWith('dnd/')) {
    const appData = new Uint8Array(readFileSync(vectorUrl('dnd/game.foldb')))
    expect(toHex(encodeAppData({ genesis, messages }))).toBe(toHex(appData))
    expect(decodeAppData(appData).messages).toEqual(messages)
  }
}

describe('the checkpoint of a finished fold', () => {
  const committed = [...file<CommittedCase>('skirmish/checkpoints').cases, ...file<CommittedCase>('dnd/checkpoints').cases]
  const short = committed.filter(({ expected }) => expected.position === 1000)
  it.each(short.map((one) => [one.name, one] as const))('%s', async (_, one) => refold(one))
})
