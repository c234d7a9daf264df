/** The fold: messages in; tables, outcomes and checkpoints out (protocol.md §13, §14). */
import {
  type Checkpoint,
  type Digest,
  Fault,
  FoldbError,
  type Genesis,
  type Manifest,
  type Message,
  type MessageKind,
  type Outcome,
  type Profile,
  type Row,
  type Value,
} from '@foldb/abi'
import { Mmr, stateRoot, treeRoot } from '@foldb/state-tree'

import { messageArgs } from './args.ts'
import { seedOf } from './entropy.ts'
import { argsDigest, genesisDigest } from './genesis.ts'
import { GuestHost, type OnLog, asFault } from './guest-host.ts'
import { schemaDigest } from './manifest-cbor.ts'
import { decodeMessage } from './message.ts'
import { type Call, type EncodedMessage, GuestTrap, type Reducer, type RowChange } from './ports.ts'
import { REJECTION_CODE, TRAP_CODES, encodeReceipt } from './receipt.ts'
import { type StateTables, createTables } from './tables.ts'

export interface FoldOptions {
  /** Belongs to the fold from here on, and is disposed with it; still the caller's when `createFold` throws. */
  readonly reducer: Reducer
  readonly genesis: Genesis
  /** Default: DEFAULT_PROFILE. Its digest has to be the genesis's. */
  readonly profile?: Profile | undefined
  readonly onLog?: OnLog | undefined
}

/** How many messages ended in each way. */
export interface OutcomeCounts {
  readonly applied: number
  readonly rejected: number
  readonly trapped: number
}

/** A state that follows a log, one message at a time. */
export interface Fold extends Disposable {
  readonly manifest: Manifest
  readonly genesis: Genesis
  readonly genesisDigest: Digest
  /** Of the last message applied; 0 after `init`. */
  readonly position: number
  readonly counts: OutcomeCounts
  /** How often each code was given, by `rejected:<code>` and `trapped:<code>`. */
  readonly codes: ReadonlyMap<string, number>
  /**
   * Folds the next message. What throws changes nothing, and the same fold can go on with the same message.
   * @throws FoldbError `bad-message` with `fields.position` and `fields.offset` for bytes that are no message
   * @throws Fault when the host broke
   */
  apply(message: EncodedMessage): Outcome
  /** Names everything that the fold knows now. */
  checkpoint(): Checkpoint
  /** The rows that differ since this was last called, in `init` at first. */
  takeChanges(): RowChange[]
  /** All rows of a table in primary key order. @throws FoldbError `unknown-table` */
  rows(table: string): Row[]
  /** The row under a primary key. @throws DbError when the key does not fit the table */
  get(table: string, key: readonly Value[]): Row | undefined
  /** The only row of the verdict table by column name, or undefined while the log is not decided. */
  verdict(): Readonly<Record<string, Value>> | undefined
}

const APPLIED: Outcome = { status: 'applied' }
const APPLIED_RECEIPT = encodeReceipt(APPLIED)
const TRAPPED: Outcome = { status: 'trapped', code: 'trap' }

/** A reducer's answer as history may have it: any other code traps. */
function checkedOutcome(outcome: Outcome): Outcome {
  if (outcome.status === 'applied') return APPLIED
  if (outcome.status === 'rejected') return REJECTION_CODE.test(outcome.code) ? { status: 'rejected', code: outcome.code } : TRAPPED
  if (outcome.status === 'trapped' && TRAP_CODES.includes(outcome.code)) return { status: 'trapped', code: outcome.code }
  throw new Fault('reducer-fault', `bad outcome: expected applied, rejected or trapped with a code, got ${JSON.stringify(outcome)}`)
}

/** The fold of one genesis whose parts belong together; `createFold` checks that. */
export class TableFold implements Fold {
  readonly genesis: Genesis
  readonly genesisDigest: Digest
  readonly manifest: Manifest
  readonly counts = { applied: 0, rejected: 0, trapped: 0 }
  readonly codes: Map<string, number> = new Map()
  readonly #reducer: Reducer
  readonly #profile: Profile
  readonly #kinds: ReadonlyMap<string, MessageKind>
  readonly #tables: StateTables
  readonly #host: GuestHost
  readonly #log = new Mmr('log')
  readonly #receipts = new Mmr('receipt')
  readonly #argsDigest: Digest
  readonly #schemaDigest: Digest
  #stateRoot: { readonly version: number; readonly root: Digest } | undefined
  #busy = false
  #disposed = false

  constructor({ reducer, genesis, onLog }: FoldOptions, profile: Profile) {
    const { manifest } = reducer
    this.genesis = genesis
    this.genesisDigest = genesisDigest(genesis)
    this.manifest = manifest
    this.#reducer = reducer
    this.#profile = profile
    this.#kinds = new Map(manifest.messages.map((kind) => [kind.name, kind]))
    this.#tables = createTables(manifest.tables, profile)
    this.#host = new GuestHost(this.#tables, profile, onLog)
    this.#argsDigest = argsDigest(genesis.args)
    this.#schemaDigest = schemaDigest(manifest.tables)
  }

  get position(): number {
    return this.#log.size
  }

  init(args: readonly Value[]): Outcome {
    return this.#exclusively(() => this.#run(0, '', () => this.#reducer.init(args, this.#host)))
  }

  apply(bytes: EncodedMessage): Outcome {
    return this.#exclusively(() => {
      const position = this.#log.size + 1
      const message = this.#decode(bytes, position)
      const outcome = this.#outcomeOf(message, position)
      const receipt = outcome.status === 'applied' ? APPLIED_RECEIPT : encodeReceipt(outcome)
      this.#log.append(bytes)
      this.#receipts.append(receipt)
      this.#count(outcome)
      return outcome
    })
  }

  checkpoint(): Checkpoint {
    return this.#exclusively(() => ({
      position: this.#log.size,
      genesis: this.genesisDigest,
      logRoot: this.#log.root(),
      stateRoot: this.#root(),
      receiptRoot: this.#receipts.root(),
    }))
  }

  takeChanges(): RowChange[] {
    return this.#exclusively(() => this.#tables.takeChanges())
  }

  rows(table: string): Row[] {
    return this.#exclusively(() => this.#tables.rows(table))
  }

  get(table: string, key: readonly Value[]): Row | undefined {
    return this.#exclusively(() => this.#tables.get(table, key))
  }

  verdict(): Readonly<Record<string, Value>> | undefined {
    const table = this.manifest.tables.find(({ name }) => name === this.manifest.verdict)
    if (table === undefined || this.#tables.count(table.name) !== 1) return undefined
    const [row] = this.rows(table.name)
    const verdict: Record<string, Value> = Object.create(null) as Record<string, Value>
    for (const [i, { name }] of table.columns.entries()) verdict[name] = row![i]!
    return verdict
  }

  [Symbol.dispose](): void {
    if (this.#disposed) return
    this.#disposed = true
    this.#reducer[Symbol.dispose]()
  }

  #decode(bytes: EncodedMessage, position: number): Message {
    try {
      return decodeMessage(bytes, this.#profile)
    } catch (error) {
      if (!FoldbError.is(error)) throw error
      throw new FoldbError(error.code, `message ${position}: ${error.message}`, { fields: { ...error.fields, position }, cause: error })
    }
  }

  #outcomeOf({ kind, args, sender, time }: Message, position: number): Outcome {
    const declared = this.#kinds.get(kind)
    if (declared === undefined) return { status: 'rejected', code: 'unknown-kind' }
    const values = messageArgs(declared, args)
    if (values === undefined) return { status: 'rejected', code: 'bad-arguments' }
    const message = { position, sender, time, kind, args: values }
    return this.#run(position, sender, () => this.#reducer.reduce(message, this.#host))
  }

  /** Runs the guest on one undo layer: what does not apply leaves no effect. */
  #run(position: number, sender: string, call: () => Call): Outcome {
    const seed = (): Digest =>
      seedOf({ channel: this.genesis.channel, argsDigest: this.#argsDigest, logRoot: this.#log.root(), position, sender })
    let outcome: Outcome | undefined
    this.#tables.begin()
    this.#host.open({ position, seed })
    try {
      outcome = this.#answer(call)
      return outcome
    } catch (error) {
      throw asFault(error)
    } finally {
      this.#host.close()
      if (outcome?.status === 'applied') this.#tables.commit()
      else this.#tables.rollback()
    }
  }

  #answer(call: () => Call): Outcome {
    let outcome: Outcome
    try {
      outcome = checkedOutcome(call().outcome)
    } catch (error) {
      this.#host.rethrowFault()
      if (!(error instanceof GuestTrap)) throw error
      outcome = TRAPPED
    }
    this.#host.rethrowFault()
    return this.#host.trap !== undefined && outcome.status !== 'trapped' ? TRAPPED : outcome
  }

  #count(outcome: Outcome): void {
    this.counts[outcome.status]++
    if (outcome.status === 'applied') return
    const code = `${outcome.status}:${outcome.code}`
    this.codes.set(code, (this.codes.get(code) ?? 0) + 1)
  }

  /** Rebuilds the tree of all rows, unless nothing changed since. */
  #root(): Digest {
    const { version } = this.#tables
    if (this.#stateRoot?.version !== version) {
      this.#stateRoot = { version, root: stateRoot(this.#schemaDigest, treeRoot(this.#tables.treeEntries())) }
    }
    return this.#stateRoot.root
  }

  #exclusively<T>(work: () => T): T {
    if (this.#disposed) throw new FoldbError('closed', 'the fold is closed; create another one')
    if (this.#busy) throw new FoldbError('busy', 're-entry: expected the message that runs to end first')
    this.#busy = true
    try {
      return work()
    } finally {
      this.#busy = false
    }
  }
}
