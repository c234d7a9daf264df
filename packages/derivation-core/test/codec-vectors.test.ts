import { DEFAULT_PROFILE, FoldbError, type Profile } from '@foldb/abi'
import { describe, expect, it } from 'vitest'
import {
  argsDigest,
  checkpointDigest,
  decodeCbor,
  decodeCheckpoint,
  decodeGenesis,
  decodeMessage,
  decodeReceipt,
  encodeAppData,
  encodeCbor,
  encodeCheckpoint,
  encodeGenesis,
  encodeMessage,
  encodeProfile,
  encodeReceipt,
  Entropy,
  formatJsonMessage,
  genesisDigest,
  parseJsonMessage,
  parseMessages,
  parseProfile,
  profileDigest,
  seedOf,
} from '../src/index.ts'
import { bytesOf, type BytesCase, fromHex, readVectors, type TaggedEntries, thrown, toHex, untag, untagArgs } from './vectors.ts'

/** Every case is refused with this code, and says where when it is bytes. */
function refuses(area: string, code: string, decode: (bytes: Uint8Array) => unknown): void {
  it.each(readVectors<BytesCase>(`invalid/${area}`))(`refuses ${area}: $name`, (one) => {
    const bytes = bytesOf(one)
    const error = thrown(() => decode(bytes))
    expect(error).toBeInstanceOf(FoldbError)
    expect(error.code).toBe(code)
    expect(error.fields!['offset']).toSatisfy((offset: number) => offset >= 0 && offset <= bytes.length)
    expect(error.fields).toHaveProperty('expected')
    expect(error.fields).toHaveProperty('got')
  })
}

describe('CBOR', () => {
  it.each(readVectors<{ bytes: string; value: Parameters<typeof untag>[0] }>('cbor'))('reads and writes $name', ({ bytes, value }) => {
    expect(toHex(encodeCbor(untag(value)))).toBe(bytes)
    expect(decodeCbor(fromHex(bytes))).toEqual(untag(value))
    expect(toHex(encodeCbor(decodeCbor(fromHex(bytes))))).toBe(bytes)
  })
  refuses('cbor', 'bad-cbor', decodeCbor)
})

interface MessageCase {
  bytes: string
  sender: string
  time: string
  kind: string
  args: TaggedEntries
}

describe('messages', () => {
  it.each(readVectors<MessageCase>('messages'))('reads and writes $name', ({ bytes, sender, time, kind, args }) => {
    const message = { sender, time: Number(time), kind, args: untagArgs(args) }
    expect(toHex(encodeMessage(message))).toBe(bytes)
    expect(decodeMessage(fromHex(bytes))).toEqual(message)
    expect(parseJsonMessage(formatJsonMessage(message))).toEqual(message)
  })
  refuses('messages', 'bad-message', (bytes) => decodeMessage(bytes))
})

interface GenesisCase {
  args: TaggedEntries
  engine: string | null
  channel: string
  profile: string
  reducer: string
  bytes: string
  digest: string
  argsDigest: string
}

describe('genesis', () => {
  it.each(readVectors<GenesisCase>('genesis'))('reads, writes and names one $name', (one) => {
    const genesis = {
      args: untagArgs(one.args),
      engine: one.engine === null ? null : fromHex(one.engine),
      channel: fromHex(one.channel),
      profile: fromHex(one.profile),
      reducer: fromHex(one.reducer),
    }
    expect(toHex(encodeGenesis(genesis))).toBe(one.bytes)
    expect(decodeGenesis(fromHex(one.bytes))).toEqual(genesis)
    expect(toHex(genesisDigest(genesis))).toBe(one.digest)
    expect(toHex(argsDigest(genesis.args))).toBe(one.argsDigest)
  })
  refuses('genesis', 'bad-genesis', decodeGenesis)
})

describe('app data', () => {
  it.each(readVectors<{ bytes: string; genesis: string; messages: string[] }>('app-data'))(
    'reads and writes $name',
    ({ bytes, genesis, messages }) => {
      const log = parseMessages(fromHex(bytes))
      expect(toHex(encodeGenesis(log.genesis))).toBe(genesis)
      expect(log.messages.map(toHex)).toEqual(messages)
      expect(toHex(encodeAppData(log))).toBe(bytes)
      expect(toHex(encodeAppData({ ...log, messages: log.messages.map((message) => decodeMessage(message)) }))).toBe(bytes)
    },
  )
  it.each(readVectors<{ bytes: string; code: string; offset: number; position: number }>('invalid/app-data'))(
    'refuses $name, and says where',
    ({ bytes, code, offset, position }) => {
      const error = thrown(() => parseMessages(fromHex(bytes)))
      expect({ code: error.code, offset: error.fields!['offset'], position: error.fields!['position'] }).toEqual({ code, offset, position })
    },
  )
})

describe('JSON Lines', () => {
  it.each(readVectors<{ line: string; bytes: string }>('json-lines'))('reads $name', ({ line, bytes }) => {
    expect(toHex(encodeMessage(parseJsonMessage(line)))).toBe(bytes)
    expect(toHex(encodeMessage(parseJsonMessage(formatJsonMessage(decodeMessage(fromHex(bytes))))))).toBe(bytes)
  })
  it.each(readVectors<{ line: string }>('invalid/json-lines'))('refuses $name', ({ line }) => {
    const error = thrown(() => parseJsonMessage(line, 7))
    expect(error.code).toBe('bad-json-line')
    expect(error.fields!['line']).toBe(7)
  })
})

describe('profile', () => {
  it.each(readVectors<{ profile: Profile; bytes: string; digest: string }>('profile'))(
    'reads, writes and names one $name',
    ({ profile, bytes, digest }) => {
      expect(toHex(encodeProfile(profile))).toBe(bytes)
      expect(parseProfile(fromHex(bytes))).toEqual(profile)
      expect(toHex(profileDigest(profile))).toBe(digest)
    },
  )
  it('has the default as its first vector', () => {
    expect(readVectors<{ profile: Profile }>('profile')[0]!.profile).toEqual(DEFAULT_PROFILE)
  })
  it.each(readVectors<{ bytes: string }>('invalid/profile'))('refuses one: $name', ({ bytes }) => {
    const error = thrown(() => parseProfile(fromHex(bytes)))
    expect(error.code).toBe('profile-refused')
    expect(error.fields!['path']).toBeTypeOf('string')
  })
})

describe('checkpoints', () => {
  interface CheckpointCase {
    position: number
    genesis: string
    logRoot: string
    stateRoot: string
    receiptRoot: string
    bytes: string
    digest: string
  }
  it.each(readVectors<CheckpointCase>('checkpoint'))('reads, writes and names the one at $name', (one) => {
    const digests = {
      genesis: fromHex(one.genesis),
      logRoot: fromHex(one.logRoot),
      stateRoot: fromHex(one.stateRoot),
      receiptRoot: fromHex(one.receiptRoot),
    }
    const checkpoint = { position: one.position, ...digests }
    expect(toHex(encodeCheckpoint(checkpoint))).toBe(one.bytes)
    expect(decodeCheckpoint(fromHex(one.bytes))).toEqual(checkpoint)
    expect(toHex(checkpointDigest(checkpoint))).toBe(one.digest)
  })
  refuses('checkpoint', 'bad-checkpoint', decodeCheckpoint)
})

describe('receipts', () => {
  it.each(readVectors<{ status: 'applied'; code: string; bytes: string }>('receipts'))(
    'reads and writes $name',
    ({ status, code, bytes }) => {
      const outcome = status === 'applied' ? { status } : { status, code }
      expect(toHex(encodeReceipt(outcome))).toBe(bytes)
      expect(decodeReceipt(fromHex(bytes))).toEqual(outcome)
    },
  )
  refuses('receipts', 'bad-receipt', decodeReceipt)
})

describe('entropy', () => {
  interface EntropyCase {
    channel: string
    argsDigest: string
    logRoot: string
    position: number
    sender: string
    seed: string
    stream: string
  }
  it.each(readVectors<EntropyCase>('entropy'))('is seeded and read as said: $name', (one) => {
    const { position, sender } = one
    const seed = seedOf({
      channel: fromHex(one.channel),
      argsDigest: fromHex(one.argsDigest),
      logRoot: fromHex(one.logRoot),
      position,
      sender,
    })
    expect(toHex(seed)).toBe(one.seed)
    expect(toHex(new Entropy(seed).bytes(100))).toBe(one.stream)
  })
})
