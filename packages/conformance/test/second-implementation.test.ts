/** The vectors, read by an implementation that was written from protocol.md alone. */
import { expect } from 'vitest'
import { decodeAppData, encodeAppData, NoLog } from './second-implementation/app-data.ts'
import { fromHex, toHex } from './second-implementation/bytes.ts'
import { canonical } from './second-implementation/canonical-value.ts'
import { each, file, pairs, refusal, refused, scalar, scalars, type Bytes } from './second-implementation/cases.ts'
import { decode, encode } from './second-implementation/cbor.ts'
import { checkpointDigest, decodeCheckpoint, encodeCheckpoint } from './second-implementation/checkpoint.ts'
import type { ColumnType, Table } from './second-implementation/column-type.ts'
import { seed, stream } from './second-implementation/entropy.ts'
import { argsDigest, decodeGenesis, encodeGenesis, genesisDigest } from './second-implementation/genesis.ts'
import { formatLine, parseLine } from './second-implementation/json-lines.ts'
import { decodeKey, encodeKey } from './second-implementation/key.ts'
import { findings } from './second-implementation/loadable.ts'
import { parseManifest } from './second-implementation/manifest.ts'
import { decodeMessage, encodeMessage } from './second-implementation/message.ts'
import { peaks, prove, root, verify, type Kind } from './second-implementation/mountain-range.ts'
import { denote, meant, type Notation } from './second-implementation/notation.ts'
import { checkProfile, encodeProfile, profileDigest, type Profile } from './second-implementation/profile.ts'
import { decodeReceipt, encodeReceipt, type Outcome } from './second-implementation/receipt.ts'
import { decodeRow, encodeRow, primaryKey } from './second-implementation/row.ts'
import { schemaDigest } from './second-implementation/schema.ts'
import { entry, stateRoot, treeRoot } from './second-implementation/tree.ts'

each<{ bytes: string; value: Notation }>('cbor', ({ bytes, value }) => {
  expect(toHex(encode(meant(value)))).toBe(bytes)
  expect(denote(decode(fromHex(bytes)))).toEqual(value)
})
each<Bytes>('invalid/cbor', refused(decode))

each<{ bytes: string; sender: string; time: string; kind: string; args: [string, Notation][] }>(
  'messages',
  ({ bytes, sender, time, kind, args }) => {
    expect(toHex(encodeMessage({ sender, time: Number(time), kind, args: pairs(args) }))).toBe(bytes)
    const message = decodeMessage(fromHex(bytes))
    expect({ ...message, args: message.args.map(([name, value]) => [name, denote(value)]) }).toEqual({
      sender,
      time: Number(time),
      kind,
      args,
    })
  },
)
each<Bytes>('invalid/messages', refused(decodeMessage))

each<{ bytes: string; genesis: string; messages: string[] }>('app-data', ({ bytes, genesis, messages }) => {
  expect(toHex(encodeAppData({ genesis: fromHex(genesis), messages: messages.map(fromHex) }))).toBe(bytes)
  const log = decodeAppData(fromHex(bytes))
  expect([toHex(log.genesis), log.messages.map(toHex)]).toEqual([genesis, messages])
})
each<{ bytes: string; code: string; offset: number; position: number }>('invalid/app-data', ({ bytes, code, offset, position }) => {
  try {
    decodeAppData(fromHex(bytes))
    expect.unreachable()
  } catch (error) {
    if (!(error instanceof NoLog)) throw error
    expect(error.position).toBe(position)
    if (code === 'bad-app-data') expect(error.offset).toBe(offset)
    else expect(offset).toBeGreaterThanOrEqual(error.offset + 4)
  }
})

each<{ line: string; bytes: string }>('json-lines', ({ line, bytes }) => {
  expect(toHex(encodeMessage(parseLine(line)))).toBe(bytes)
  expect(toHex(encodeMessage(parseLine(formatLine(decodeMessage(fromHex(bytes))))))).toBe(bytes)
})
each<{ line: string }>('invalid/json-lines', ({ line }) => {
  expect(refusal(() => encodeMessage(parseLine(line)))).not.toBe('accepted')
})

interface GenesisCase {
  readonly args: [string, Notation][]
  readonly engine: string | null
  readonly channel: string
  readonly profile: string
  readonly reducer: string
  readonly bytes: string
  readonly digest: string
  readonly argsDigest: string
}
each<GenesisCase>('genesis', ({ args, engine, channel, profile, reducer, bytes, digest, argsDigest: ofArgs }) => {
  const genesis = {
    args: pairs(args),
    engine: engine === null ? null : fromHex(engine),
    channel: fromHex(channel),
    profile: fromHex(profile),
    reducer: fromHex(reducer),
  }
  expect(toHex(encodeGenesis(genesis))).toBe(bytes)
  expect(decodeGenesis(fromHex(bytes))).toEqual(genesis)
  expect([toHex(genesisDigest(fromHex(bytes))), toHex(argsDigest(genesis.args))]).toEqual([digest, ofArgs])
})
each<Bytes>('invalid/genesis', refused(decodeGenesis))

each<{ profile: Profile; bytes: string; digest: string }>('profile', ({ profile, bytes, digest }) => {
  expect(toHex(encodeProfile(profile))).toBe(bytes)
  checkProfile(fromHex(bytes))
  expect(toHex(profileDigest(fromHex(bytes)))).toBe(digest)
})
each<Bytes>('invalid/profile', refused(checkProfile))

interface Edited {
  readonly edits: readonly { readonly path: readonly (string | number)[]; readonly value?: unknown; readonly times?: number }[]
}
interface Tree {
  [key: string | number]: Tree
}

/** The text of the manifest that a case describes. */
function edited(base: unknown, { edits }: Edited): string {
  const manifest = structuredClone(base) as Tree
  for (const { path, value, times } of edits) {
    const last = path.at(-1) ?? ''
    const parent = path.slice(0, -1).reduce((node, key) => node[key] as Tree, manifest)
    const written = JSON.stringify(value)
    if (times !== undefined)
      parent[last] = Array.from({ length: times }, (_, i) => JSON.parse(written.replaceAll('%', String(i)))) as unknown as Tree
    else if (value === undefined) delete parent[last]
    else parent[last] = value as Tree
  }
  return JSON.stringify(manifest)
}

const manifests = file<Edited & { schemaDigest: string }>('manifest')
each<Edited & { schemaDigest: string }>('manifest', (one) => {
  const manifest = parseManifest(edited(manifests.base, one))
  expect(findings(manifest)).toEqual([])
  expect(toHex(schemaDigest(manifest.tables))).toBe(one.schemaDigest)
})
const badManifests = file<Edited>('invalid/manifest')
each<Edited & { path: string }>('invalid/manifest', (one) => {
  const paths: string[] = []
  const shape = refusal(() => paths.push(...findings(parseManifest(edited(badManifests.base, one)))))
  expect([shape, ...paths]).toContain(one.path)
})

each<{ type: ColumnType; value: Notation; canonical: Notation }>('values', ({ type, value, canonical: expected }) => {
  const found = canonical(type, scalar(value))
  expect(denote(found)).toEqual(expected)
  expect(denote(canonical(type, found))).toEqual(expected)
})
each<{ type: ColumnType; value: Notation; bytesMax?: number; sqlstate: string }>(
  'invalid/values',
  ({ type, value, bytesMax, sqlstate }) => {
    expect(refusal(() => canonical(type, scalar(value), bytesMax))).toBe(sqlstate)
  },
)

each<{ table: number; index: number; types: ColumnType[]; values: Notation[]; key: string }>(
  'keys',
  ({ table, index, types, values, key }) => {
    expect(toHex(encodeKey(table, index, types, scalars(values)))).toBe(key)
    expect(decodeKey(types.slice(0, values.length), fromHex(key), true).map(denote)).toEqual(values)
  },
)
each<{ types: ColumnType[]; key: string }>('invalid/keys', ({ types, key }) => {
  expect(refusal(() => decodeKey(types, fromHex(key), false))).not.toBe('accepted')
})

interface RowCase {
  readonly columns: Table['columns']
  readonly primaryKey: readonly number[]
  readonly row: Notation[]
  readonly key: string
  readonly bytes: string
}
each<RowCase>('rows', ({ columns, primaryKey: numbers, row, key, bytes }) => {
  const table = { columns, 'primary-key': numbers }
  expect([toHex(primaryKey(0, table, scalars(row))), toHex(encodeRow(table, scalars(row)))]).toEqual([key, bytes])
  expect(decodeRow(table, fromHex(key), fromHex(bytes)).map(denote)).toEqual(row)
})
each<RowCase>('invalid/rows', ({ columns, primaryKey: numbers, key, bytes }) => {
  expect(refusal(() => decodeRow({ columns, 'primary-key': numbers }, fromHex(key), fromHex(bytes)))).not.toBe('accepted')
})

const entriesOf = (entries: readonly (readonly [string, string])[]) => entries.map(([key, row]) => entry(fromHex(key), fromHex(row)))
each<{ entries: [string, string][]; treeRoot: string; stateRoot: string }>('tree', ({ entries, treeRoot: expected, stateRoot: state }) => {
  const found = treeRoot(entriesOf(entries))
  expect([toHex(found), toHex(stateRoot(fromHex('01'.repeat(32)), found))]).toEqual([expected, state])
})
each<{ entries: [string, string][] }>('invalid/tree', ({ entries }) => {
  expect(refusal(() => treeRoot(entriesOf(entries)))).not.toBe('accepted')
})

each<{ kind: Kind; items: string[]; peaks: string[]; root: string; proofs: string[][] }>('mmr', ({ kind, items, proofs, ...expected }) => {
  const bytes = items.map(fromHex)
  expect([peaks(kind, bytes).map(toHex), toHex(root(kind, bytes))]).toEqual([expected.peaks, expected.root])
  for (const [index, item] of bytes.entries()) {
    const proof = prove(kind, bytes, index)
    expect(proof.map(toHex)).toEqual(proofs[index])
    verify({ kind, root: root(kind, bytes), size: bytes.length, index, bytes: item, proof })
  }
})
each<{ kind: Kind; root: string; size: number; index: number; bytes: string; proof: string[] }>('invalid/mmr', (one) => {
  const claim = { ...one, root: fromHex(one.root), bytes: fromHex(one.bytes), proof: one.proof.map(fromHex) }
  expect(refusal(() => verify(claim))).not.toBe('accepted')
})

each<Outcome & { bytes: string }>('receipts', ({ status, code, bytes }) => {
  expect(toHex(encodeReceipt({ status, code }))).toBe(bytes)
  expect(decodeReceipt(fromHex(bytes))).toEqual({ status, code })
})
each<Bytes>('invalid/receipts', refused(decodeReceipt))

each<Record<'channel' | 'argsDigest' | 'logRoot' | 'sender' | 'seed' | 'stream', string> & { position: number }>('entropy', (one) => {
  const found = seed({ ...one, channel: fromHex(one.channel), argsDigest: fromHex(one.argsDigest), logRoot: fromHex(one.logRoot) })
  expect([toHex(found), toHex(stream(found, 100))]).toEqual([one.seed, one.stream])
})

each<Record<'genesis' | 'logRoot' | 'stateRoot' | 'receiptRoot' | 'bytes' | 'digest', string> & { position: number }>(
  'checkpoint',
  ({ bytes, digest, ...one }) => {
    const checkpoint = {
      position: one.position,
      genesis: fromHex(one.genesis),
      logRoot: fromHex(one.logRoot),
      stateRoot: fromHex(one.stateRoot),
      receiptRoot: fromHex(one.receiptRoot),
    }
    expect(toHex(encodeCheckpoint(checkpoint))).toBe(bytes)
    expect(decodeCheckpoint(fromHex(bytes))).toEqual(checkpoint)
    expect(toHex(checkpointDigest(fromHex(bytes)))).toBe(digest)
  },
)
each<Bytes>('invalid/checkpoint', refused(decodeCheckpoint))
