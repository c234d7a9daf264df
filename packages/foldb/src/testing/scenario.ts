/** Given messages, when another one comes, then this is how it ends and what the tables hold. */
import { DEFAULT_PROFILE, FoldbError, type Message, type Outcome, type Value } from '@foldb/abi'
import { createFold, encodeMessage, type Fold } from '@foldb/derivation-core'
import { loadReducer } from '@foldb/wasm-runtime'
import { genesisOf } from '../genesis.ts'

/** A message; its time is a second after the one before it unless given. */
export interface ScenarioMessage {
  readonly sender: string
  readonly kind: string
  readonly args?: Readonly<Record<string, Value>>
  readonly time?: number
}

export interface ScenarioOptions {
  readonly args?: Readonly<Record<string, Value>>
  readonly channel?: Uint8Array
}

export type PartialRow = Readonly<Record<string, Value>>

export interface Then {
  /** How the last message of `when` ended. */
  outcome(): Promise<Outcome>
  thenApplied(): Promise<Then>
  thenRejected(code: string): Promise<Then>
  thenTrapped(code?: string): Promise<Then>
  /** The table holds exactly these rows in primary-key order; each is compared in the columns that it names. */
  thenRows(table: string, rows: readonly PartialRow[]): Promise<Then>
  /** The verdict row in the columns named, or undefined for none. */
  thenVerdict(row: PartialRow | undefined): Promise<Then>
}

export interface Scenario {
  /** Messages that come first; each has to apply. */
  given(...messages: readonly ScenarioMessage[]): Scenario
  when(...messages: readonly ScenarioMessage[]): Then
}

const FIRST_TIME = 1_700_000_000_000
const SECOND_MS = 1000

/**
 * Starts a specification of a reducer. It runs when the first `then…` or `outcome` is asked for, on this thread, without PostgreSQL.
 *
 * @example
 * await scenario(wasm, { args: { red: 'alice', blue: 'bob' } })
 *   .given({ sender: 'alice', kind: 'spawn', args: { unit: 1, x: 0, y: 0 } })
 *   .when({ sender: 'alice', kind: 'move', args: { unit: 1, x: 9, y: 9 } })
 *   .thenRejected('too-far')
 */
export function scenario(wasm: Uint8Array, options: ScenarioOptions = {}): Scenario {
  return next(wasm, options, [])
}

function next(wasm: Uint8Array, options: ScenarioOptions, given: readonly ScenarioMessage[]): Scenario {
  return {
    given: (...messages) => next(wasm, options, [...given, ...messages]),
    when: (...messages) => new Result(() => run(wasm, options, given, messages)),
  }
}

interface Ran {
  readonly outcome: Outcome
  readonly verdict: PartialRow | undefined
  readonly tables: ReadonlyMap<string, readonly PartialRow[]>
}

async function run(
  wasm: Uint8Array,
  options: ScenarioOptions,
  given: readonly ScenarioMessage[],
  when: readonly ScenarioMessage[],
): Promise<Ran> {
  using fold = await open(wasm, options)
  let time = FIRST_TIME
  const apply = (message: ScenarioMessage): Outcome => {
    time = message.time ?? time + SECOND_MS
    const whole: Message = { sender: message.sender, kind: message.kind, args: message.args ?? {}, time }
    return fold.apply(encodeMessage(whole))
  }
  for (const message of given) {
    const outcome = apply(message)
    if (outcome.status !== 'applied') throw failed(`given message ${fold.position} (${message.kind})`, 'applied', describe(outcome))
  }
  let outcome: Outcome = { status: 'applied' }
  for (const message of when) outcome = apply(message)
  const tables = new Map(fold.manifest.tables.map(({ name }) => [name, rowsOf(fold, name)]))
  return { outcome, verdict: fold.verdict(), tables }
}

async function open(wasm: Uint8Array, options: ScenarioOptions): Promise<Fold> {
  const profile = DEFAULT_PROFILE
  const reducer = await loadReducer(wasm, { profile })
  const args = Object.assign(Object.create(null) as Record<string, Value>, options.args)
  const genesis = genesisOf(reducer, profile, args, options.channel ?? new Uint8Array(32))
  return createFold({ reducer, genesis, profile })
}

function rowsOf(fold: Fold, name: string): readonly PartialRow[] {
  const { columns } = fold.manifest.tables.find((table) => table.name === name)!
  return fold.rows(name).map((row) => Object.fromEntries(columns.map((column, i) => [column.name, row[i] as Value])))
}

function tableOf({ tables }: Ran, name: string): readonly PartialRow[] {
  const rows = tables.get(name)
  if (rows === undefined)
    throw new FoldbError('unknown-table', `no such table: expected one of ${[...tables.keys()].join(', ')}, got ${name}`)
  return rows
}

class Result implements Then {
  readonly #start: () => Promise<Ran>
  #ran: Promise<Ran> | undefined

  constructor(start: () => Promise<Ran>) {
    this.#start = start
  }

  async outcome(): Promise<Outcome> {
    return (await this.#run()).outcome
  }

  async thenApplied(): Promise<Then> {
    return this.#ended('applied')
  }

  async thenRejected(code: string): Promise<Then> {
    return this.#ended(`rejected ${code}`)
  }

  async thenTrapped(code = 'trap'): Promise<Then> {
    return this.#ended(`trapped ${code}`)
  }

  async thenRows(table: string, rows: readonly PartialRow[]): Promise<Then> {
    const found = tableOf(await this.#run(), table)
    if (found.length !== rows.length || !rows.every((row, i) => matches(row, found[i]!)))
      throw failed(`rows of ${table}`, show(rows), show(found))
    return this
  }

  async thenVerdict(row: PartialRow | undefined): Promise<Then> {
    const { verdict } = await this.#run()
    const same = row === undefined || verdict === undefined ? row === verdict : matches(row, verdict)
    if (!same) throw failed('verdict', show(row), show(verdict))
    return this
  }

  async #ended(expected: string): Promise<Then> {
    const got = describe(await this.outcome())
    if (got !== expected) throw failed('outcome', expected, got)
    return this
  }

  #run(): Promise<Ran> {
    return (this.#ran ??= this.#start())
  }
}

function matches(expected: PartialRow, found: PartialRow): boolean {
  return Object.entries(expected).every(([name, value]) => show(value) === show(found[name]))
}

function describe(outcome: Outcome): string {
  return outcome.status === 'applied' ? 'applied' : `${outcome.status} ${outcome.code}`
}

function show(value: unknown): string {
  return (
    JSON.stringify(value, (_, item: unknown) => {
      if (typeof item === 'bigint') return `${item}n`
      return item instanceof Uint8Array ? { bytes: [...item] } : item
    }) ?? 'none'
  )
}

function failed(what: string, expected: string, got: string): FoldbError {
  return new FoldbError('scenario-failed', `${what}: expected ${expected}, got ${got}`)
}
