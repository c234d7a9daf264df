/** Writes vectors/fold.json from the naive tables, another CBOR library and a plain mountain range: node --conditions=@foldb/source packages/conformance/scripts/fold.ts */
import { type Args, DEFAULT_PROFILE, type Message, type Outcome, type Row, type Table, type Value } from '@foldb/abi'
import { profileDigest, schemaDigest } from '@foldb/derivation-core'
import { answerOf, type HostAnswer, type HostCall, type RowOperation, SAMPLE_TABLES, type Script } from '@foldb/derivation-core/testing'
import { stateRoot, treeRoot } from '@foldb/state-tree'
import { NaiveTables } from '../../derivation-core/test/naive-tables.ts'
import { answerJson, callJson, ROW_VECTORS, tableJson } from './row-vectors.ts'
import { filled, hex, oracle, TAGGED, tagged, writeVectors } from './vector-file.ts'

const APPLIED: Outcome = { status: 'applied' }
const TRAPPED: Outcome = { status: 'trapped', code: 'trap' }
const STATUSES = ['applied', 'rejected', 'trapped']

function u64(number: number): Uint8Array {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt(number))
  return bytes
}

/** The root of a list, from all its leaves. */
function listRoot(kind: 'log' | 'receipt', items: readonly Uint8Array[]): Uint8Array {
  let leaves = items.map((item) => tagged(kind === 'log' ? 'foldb/message/v1' : 'foldb/receipt/v1', item))
  const peaks: Uint8Array[] = []
  const peakOf = (list: readonly Uint8Array[]): Uint8Array => {
    if (list.length === 1) return list[0]
    const half = list.length / 2
    return tagged(`foldb/${kind}-node/v1`, Buffer.concat([peakOf(list.slice(0, half)), peakOf(list.slice(half))]))
  }
  while (leaves.length > 0) {
    const size = 2 ** Math.floor(Math.log2(leaves.length))
    peaks.push(peakOf(leaves.slice(0, size)))
    leaves = leaves.slice(size)
  }
  return tagged(`foldb/${kind}-root/v1`, Buffer.concat([u64(items.length), ...peaks]))
}

interface Step extends Script {
  readonly message: Message
  /** What the host answers without a call of the reducer. */
  readonly refused?: string
}

interface Case {
  readonly name: string
  readonly tables: readonly Table[]
  readonly init: Script
  readonly steps: readonly Step[]
}

const KINDS = [
  { name: 'run', params: [{ name: 'step', type: 'integer', nullable: false }] },
  {
    name: 'note',
    params: [
      { name: 'text', type: 'text', nullable: true },
      { name: 'ratio', type: 'float', nullable: true },
    ],
  },
]
const GENESIS_PARAMS = [{ name: 'size', type: 'integer', nullable: false }]
const ARGS: Args = { size: 8 }

/** What a fold of one case knows as it goes. */
class NaiveFold {
  readonly #tables: NaiveTables
  readonly #schema: Uint8Array
  readonly #messages: Uint8Array[] = []
  readonly #receipts: Uint8Array[] = []
  readonly #genesis: Record<string, unknown>

  constructor({ tables }: Case, genesis: Record<string, unknown>) {
    this.#tables = new NaiveTables(tables, DEFAULT_PROFILE)
    this.#schema = schemaDigest(tables)
    this.#genesis = genesis
  }

  /** Plays a script; gives the answers and how it ended. */
  play({ calls, ends }: Script, sender: string): { readonly answers: HostAnswer[]; readonly outcome: Outcome } {
    const saved = this.#tables.save()
    const entropy = this.#entropy(sender)
    let used = 0
    const answers: HostAnswer[] = []
    for (const call of calls) {
      if (call.op === 'entropy') answers.push({ bytes: entropy(used, (used += call.count)) })
      else answers.push(answerOf(this.#tables, call))
    }
    if (ends.status !== 'applied') this.#tables.restore(saved)
    return { answers, outcome: ends }
  }

  append(message: Uint8Array, outcome: Outcome): void {
    this.#messages.push(message)
    this.#receipts.push(oracle([STATUSES.indexOf(outcome.status), outcome.status === 'applied' ? '' : outcome.code]))
  }

  /** Bytes of the checkpoint. */
  checkpoint(): string {
    const state = stateRoot(this.#schema, treeRoot(this.#tables.treeEntries()))
    return hex(
      oracle({
        genesis: tagged('foldb/genesis/v1', oracle(this.#genesis)),
        logRoot: listRoot('log', this.#messages),
        position: this.#messages.length,
        stateRoot: state,
        receiptRoot: listRoot('receipt', this.#receipts),
      }),
    )
  }

  rows(table: string): Row[] {
    return this.#tables.rows(table)
  }

  #entropy(sender: string): (from: number, to: number) => Uint8Array {
    const position = sender === '' ? 0 : this.#messages.length + 1
    const parts = [
      this.#genesis['channel'] as Uint8Array,
      tagged('foldb/args/v1', oracle(this.#genesis['args'])),
      listRoot('log', this.#messages),
      u64(position),
      tagged('foldb/sender/v1', Buffer.from(sender)),
    ]
    const seed = tagged('foldb/seed/v1', Buffer.concat(parts))
    return (from, to) => {
      const blocks = Array.from({ length: Math.ceil(to / 32) }, (_, i) => tagged('foldb/entropy/v1', Buffer.concat([seed, u64(i)])))
      return new Uint8Array(Buffer.concat(blocks).subarray(from, to))
    }
  }
}

function scriptJson({ calls, ends }: Script, answers: readonly HostAnswer[]): unknown {
  return { calls: calls.map((call, i) => ({ ...callJson(call), expected: answerJson(answers[i]) })), ends }
}

function vectorOf(one: Case): { readonly name: string } {
  const genesis = { args: ARGS, engine: null, channel: filled(7), profile: profileDigest(DEFAULT_PROFILE), reducer: filled(9) }
  const fold = new NaiveFold(one, genesis)
  const init = fold.play(one.init, '')
  const start = { init: scriptJson(one.init, init.answers), checkpoint: fold.checkpoint() }
  const messages = one.steps.map((step) => {
    const bytes = oracle(step.message)
    const refused: Outcome | undefined = step.refused === undefined ? undefined : { status: 'rejected', code: step.refused }
    const { answers, outcome } = refused === undefined ? fold.play(step, step.message.sender) : { answers: [], outcome: refused }
    fold.append(bytes, outcome)
    const script = refused === undefined ? { script: scriptJson(step, answers) } : {}
    return { bytes: hex(bytes), ...script, outcome, checkpoint: fold.checkpoint() }
  })
  const manifest = {
    ...{ name: 'scripted', version: '1.0.0', tables: one.tables.map(tableJson), views: [] },
    ...{ genesis: GENESIS_PARAMS, messages: KINDS, verdict: '' },
  }
  return { name: one.name, ...{ manifest, genesis: hex(oracle(genesis)) }, ...start, messages }
}

let time = 1_700_000_000_000
function message(sender: string, kind: string, args: Args): Message {
  time += 1000
  return { sender, time, kind, args }
}

const run = (sender: string, calls: readonly HostCall[], ends: Outcome = APPLIED): Step => ({
  message: message(sender, 'run', { step: calls.length }),
  calls,
  ends,
})
const refused = (kind: string, args: Args, code: string): Step => ({
  message: message('mallory', kind, args),
  calls: [],
  ends: APPLIED,
  refused: code,
})
const insert = (table: string, ...row: Value[]): RowOperation => ({ op: 'insert', table, row })
const put = (table: string, ...row: Value[]): RowOperation => ({ op: 'put', table, row })
const entropy = (count: number): HostCall => ({ op: 'entropy', count })

const INIT: Script = {
  calls: [insert('teams', 'red', null), insert('teams', 'blue', 'hold'), entropy(8), insert('units', 1, 'red', 0, 0, 10, null)],
  ends: APPLIED,
}

writeVectors(
  'fold',
  `Folds of a scripted reducer: protocol §13, §14. \`genesis\`, \`bytes\` and \`checkpoint\` are CBOR in hex; each checkpoint is the one after \`init\` or after that message. A script is what the reducer does: its host calls with the answers, and how it ends. A message without a script is answered by the host. ${ROW_VECTORS} {"op": "entropy", "count"} is answered by {"bytes": hex}. Rows and keys: ${TAGGED}`,
  [
    { name: 'a genesis without messages', tables: SAMPLE_TABLES, init: INIT, steps: [] },
    {
      name: 'no tables',
      tables: [],
      init: { calls: [], ends: APPLIED },
      steps: [run('alice', []), run('bob', [], { status: 'rejected', code: 'no' })],
    },
    {
      name: 'outcomes of every kind',
      tables: SAMPLE_TABLES,
      init: INIT,
      steps: [
        run('alice', [insert('units', 2, 'blue', 1, 0, 20, 1), entropy(3), entropy(40)]),
        run('bob', [entropy(4), insert('units', 3, 'red', 2, 2, 5, null), put('units', 1, 'blue', 7, 7, 1, null)], {
          status: 'rejected',
          code: 'not-your-turn',
        }),
        run('bob', [insert('units', 3, 'red', 2, 2, 5, null), { op: 'delete', table: 'units', key: [2] }], TRAPPED),
        run('bob', [insert('units', 2, 'red', 2, 2, 5, null), insert('units', 3, 'red', 2, 2, 5, null)]),
        refused('constructor', {}, 'unknown-kind'),
        refused('run', {}, 'bad-arguments'),
        refused('run', { step: 1.5 }, 'bad-arguments'),
        refused('run', { step: 1, more: null }, 'bad-arguments'),
        {
          message: message('carol', 'note', { ratio: 2 }),
          calls: [
            { op: 'delete', table: 'units', key: [2] },
            { op: 'get', table: 'units', key: [2] },
          ],
          ends: APPLIED,
        },
        { message: message('carol', 'note', { text: 'é' }), calls: [], ends: { status: 'trapped', code: 'out-of-fuel' } },
        { message: message('carol', 'note', {}), calls: [entropy(33)], ends: { status: 'trapped', code: 'out-of-stack' } },
      ],
    },
    {
      name: 'the first rows of the case above, by another way',
      tables: SAMPLE_TABLES,
      init: { calls: [insert('units', 9, 'red', 0, 0, 0, null)], ends: APPLIED },
      steps: [
        run('zoe', [insert('teams', 'blue', 'hold'), insert('teams', 'red', 'x')]),
        run('zoe', [put('units', 2, 'blue', 1, 0, 20, null), insert('units', 1, 'red', 0, 0, 10, null), put('teams', 'red', null)]),
        run('zoe', [put('units', 2, 'blue', 1, 0, 20, 1)]),
      ],
    },
    {
      name: 'forty messages',
      tables: SAMPLE_TABLES,
      init: INIT,
      steps: Array.from({ length: 40 }, (_, i) =>
        run(
          `player ${i % 3}`,
          [put('teams', `team ${(i * 7) % 23}`, i % 5 === 0 ? null : `motto ${i}`)],
          i % 4 === 3 ? { status: 'rejected', code: `code-${i}` } : APPLIED,
        ),
      ),
    },
  ].map(vectorOf),
)
