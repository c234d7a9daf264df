import { DEFAULT_PROFILE, type Genesis, type Message } from '@foldb/abi'
import { describe, expect, it } from 'vitest'
import { thrown } from '../test/vectors.ts'
import { encodeAppData, parseMessages, readAppData } from './app-data.ts'
import { encodeGenesis, GENESIS_BYTES_MAX } from './genesis.ts'
import { encodeMessage } from './message.ts'

const digest = (byte: number): Uint8Array => new Uint8Array(32).fill(byte)
const genesis: Genesis = { args: { seed: 5 }, engine: null, channel: digest(1), profile: digest(2), reducer: digest(3) }
const message = (time: number): Message => ({ sender: 'alice', time, kind: 'tick', args: { n: time } })

describe('app data', () => {
  it('gives back what it was made of, byte for byte', () => {
    const appData = encodeAppData({ genesis, messages: [message(1), encodeMessage(message(2))] })
    const log = parseMessages(appData)
    expect(log).toEqual({ genesis, messages: [encodeMessage(message(1)), encodeMessage(message(2))] })
    expect(encodeAppData(log)).toEqual(appData)
  })

  it('names the position of a message that cannot be written', () => {
    const bad = { ...message(3), kind: 'Tick' }
    expect(thrown(() => encodeAppData({ genesis, messages: [message(1), bad] })).fields).toMatchObject({ position: 2, path: 'kind' })
    expect(thrown(() => encodeAppData({ genesis, messages: [message(1), Uint8Array.of(0xa0)] })).fields).toMatchObject({
      position: 2,
      offset: 0,
    })
    expect(thrown(() => encodeAppData({ genesis: { ...genesis, channel: digest(1).slice(1) }, messages: [] })).code).toBe('bad-genesis')
  })

  it('refuses a log cut off at any byte but between messages', () => {
    const appData = encodeAppData({ genesis, messages: [message(1), message(2)] })
    const ends = [0, 1, 2].map((count) => encodeAppData({ genesis, messages: [message(1), message(2)].slice(0, count) }).length)
    for (let length = 0; length < appData.length; length++) {
      const cut = appData.subarray(0, length)
      if (ends.includes(length)) expect(parseMessages(cut).messages).toHaveLength(ends.indexOf(length))
      else expect(thrown(() => parseMessages(cut)).code).toBe('bad-app-data')
    }
  })

  it('says where in the whole a message is wrong, also in the middle of a buffer', () => {
    const appData = encodeAppData({ genesis, messages: [message(1), message(2)] })
    const buffer = new Uint8Array(appData.length + 5)
    buffer.set(appData, 5)
    buffer[buffer.length - 1] = 0xff
    const error = thrown(() => parseMessages(buffer.subarray(5)))
    expect(error.code).toBe('bad-message')
    expect(error.fields).toMatchObject({ position: 2, offset: appData.length - 6 })
    expect(error.message).toMatch(/^message 2: bad message at byte \d+: .* \(byte \d+ of the whole\)$/)
    expect(thrown(() => readAppData(Uint8Array.of(1))).fields).toMatchObject({ offset: 0, position: 0 })
    expect(readAppData(buffer.subarray(5)).messages).toHaveLength(2)
  })

  it('takes a genesis of 65 536 bytes, and does not read a longer one', () => {
    const spare = GENESIS_BYTES_MAX - encodeGenesis({ ...genesis, args: { a: 'x'.repeat(1000) } }).length + 1000
    const appData = encodeAppData({ genesis: { ...genesis, args: { a: 'x'.repeat(spare) } }, messages: [message(1)] })
    expect(parseMessages(appData).messages).toHaveLength(1)
    const longer = appData.slice()
    new DataView(longer.buffer).setUint32(6, GENESIS_BYTES_MAX + 1)
    const error = thrown(() => parseMessages(longer))
    expect(error.code).toBe('bad-app-data')
    expect(error.fields).toMatchObject({ offset: 6, expected: 'a length of at most 65536' })
  })

  it('tells a length of zero from a length cut off', () => {
    const appData = encodeAppData({ genesis, messages: [] })
    const ending = (count: number) => thrown(() => parseMessages(Uint8Array.from([...appData, ...new Uint8Array(count)]))).fields
    expect(ending(4)).toMatchObject({ expected: 'a length of at least 1', position: 1 })
    expect(ending(3)).toMatchObject({ expected: '4 bytes of a length', position: 1 })
  })

  it('holds messages to the size of the profile it is given', () => {
    const appData = encodeAppData({ genesis, messages: [message(1)] })
    const profile = { ...DEFAULT_PROFILE, sizes: { ...DEFAULT_PROFILE.sizes, message: 10 } }
    expect(thrown(() => parseMessages(appData, profile)).fields).toMatchObject({ position: 1 })
  })
})
