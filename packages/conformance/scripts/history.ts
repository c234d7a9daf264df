/** Writes the vectors of checkpoints, receipts and entropy: node --conditions=@foldb/source packages/conformance/scripts/history.ts */
import { filled, hex, oracle, tagged, text, writeVectors } from './vector-file.ts'

const checkpoint = { position: 0, genesis: filled(1), logRoot: filled(2), stateRoot: filled(3), receiptRoot: filled(4) }
const digests = { genesis: hex(filled(1)), logRoot: hex(filled(2)), stateRoot: hex(filled(3)), receiptRoot: hex(filled(4)) }
writeVectors(
  'checkpoint',
  'Checkpoints, their bytes and digests: protocol §14.',
  [0, 1, 1000, 4_294_967_296, Number.MAX_SAFE_INTEGER].map((position) => {
    const bytes = oracle({ ...checkpoint, position })
    return { name: `position ${position}`, position, ...digests, bytes: hex(bytes), digest: hex(tagged('foldb/checkpoint/v1', bytes)) }
  }),
)
const bytes = hex(oracle(checkpoint))
const position = text('position')
writeVectors('invalid/checkpoint', 'Bytes that are no checkpoint: protocol §14.', [
  { name: 'nothing', bytes: '' },
  { name: 'cut off', bytes: bytes.slice(0, -2) },
  { name: 'a byte after the end', bytes: `${bytes}00` },
  { name: 'position -1', bytes: bytes.replace(`${position}00`, `${position}20`) },
  { name: 'position 2^53', bytes: bytes.replace(`${position}00`, `${position}1b0020000000000000`) },
  { name: 'position as a float', bytes: bytes.replace(`${position}00`, `${position}fb0000000000000000`) },
  { name: 'position in a long form', bytes: bytes.replace(`${position}00`, `${position}1800`) },
  { name: 'a root of 31 bytes', bytes: hex(oracle({ ...checkpoint, stateRoot: new Uint8Array(31) })) },
  { name: 'a root null', bytes: hex(oracle({ ...checkpoint, logRoot: null })) },
  { name: 'another field', bytes: hex(oracle({ ...checkpoint, zzzzzzzzzzzz: 0 })) },
  { name: 'a field of another name', bytes: bytes.replace(text('logRoot'), text('logRook')) },
  { name: 'a field missing', bytes: hex(oracle({ genesis: filled(1), position: 0 })) },
])

const outcomes: [number, string][] = [
  [0, ''],
  [1, 'unknown-kind'],
  [1, 'bad-arguments'],
  [1, 'cell-occupied'],
  [1, '-'],
  [1, '0'.repeat(64)],
  [2, 'trap'],
  [2, 'out-of-fuel'],
  [2, 'out-of-stack'],
]
const STATUSES = ['applied', 'rejected', 'trapped']
writeVectors(
  'receipts',
  'Outcomes and the bytes of their receipts: protocol §13.',
  outcomes.map(([status, code]) => ({
    name: `${STATUSES[status]} ${code}`.trim(),
    status: STATUSES[status],
    code,
    bytes: hex(oracle([status, code])),
  })),
)
const noReceipts: [string, unknown][] = [
  ['applied with a code', [0, 'ok']],
  ['rejected without a code', [1, '']],
  ['a code with a capital', [1, 'No']],
  ['a code with an underscore', [1, 'not_now']],
  ['a code of 65', [1, '0'.repeat(65)]],
  ['trapped with another code', [2, 'unreachable']],
  ['status 3', [3, 'trap']],
  ['status -1', [-1, '']],
  ['an array of one', [0]],
  ['an array of three', [0, '', 0]],
  ['a map', { status: 0 }],
  ['a code null', [1, null]],
]
writeVectors('invalid/receipts', 'Bytes that are no receipt: protocol §13.', [
  ...noReceipts.map(([name, value]) => ({ name, bytes: hex(oracle(value)) })),
  { name: 'a status in a long form', bytes: '82180060' },
  { name: 'a byte after the end', bytes: '82006000' },
])

const u64 = (value: number): Uint8Array => {
  const out = Buffer.alloc(8)
  out.writeBigUInt64BE(BigInt(value))
  return new Uint8Array(out)
}
const channel = filled(1)
const emptyLog = tagged('foldb/log-root/v1', u64(0))
const argsDigest = tagged('foldb/args/v1', oracle({}))
const seedOf = (logRoot: Uint8Array, at: number, sender: string): Uint8Array =>
  tagged('foldb/seed/v1', Buffer.concat([channel, argsDigest, logRoot, u64(at), tagged('foldb/sender/v1', Buffer.from(sender))]))
const seeds: [string, Uint8Array, number, string][] = [
  ['init', emptyLog, 0, ''],
  ['the first message', emptyLog, 1, 'alice'],
  ['a sender beyond ASCII', filled(9), 2, 'é水'],
  ['a late position', filled(9), Number.MAX_SAFE_INTEGER, 'bob'],
]
writeVectors(
  'entropy',
  'Seeds and the first 100 bytes of their streams: protocol §13. Digests are hex.',
  seeds.map(([name, logRoot, at, sender]) => {
    const seed = seedOf(logRoot, at, sender)
    const blocks = [0, 1, 2, 3].map((i) => tagged('foldb/entropy/v1', Buffer.concat([seed, u64(i)])))
    return {
      name,
      channel: hex(channel),
      argsDigest: hex(argsDigest),
      logRoot: hex(logRoot),
      position: at,
      sender,
      seed: hex(seed),
      stream: hex(Buffer.concat(blocks).subarray(0, 100)),
    }
  }),
)
