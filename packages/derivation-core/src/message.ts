/** A message as bytes: protocol.md §3. */
import { DEFAULT_PROFILE, type Message, type Profile } from '@foldb/abi'
import { readArgs, writeArgs } from './args.ts'
import { CborReader } from './cbor-reader.ts'
import { CborWriter } from './cbor-writer.ts'
import { NAME } from './name.ts'
import { encodeUtf8 } from './utf8.ts'

export const SENDER_BYTES_MAX = 256

const field = (name: string): Uint8Array => Uint8Array.from([0x60 | name.length, ...encodeUtf8(name)!])
const ARGS = field('args')
const KIND = field('kind')
const TIME = field('time')
const SENDER = field('sender')
const MAP_OF_FOUR = 0xa4

const writer = new CborWriter('bad-message')

/**
 * Canonical bytes of a message: equal messages have equal bytes.
 * @throws FoldbError `bad-message` for what no log can hold, with `fields.path`.
 * @example
 * encodeMessage({ sender: 'alice', time: 0, kind: 'move', args: { x: 6, y: 9 } })
 */
export function encodeMessage(message: Message, profile: Profile = DEFAULT_PROFILE): Uint8Array {
  if (typeof message !== 'object' || message === null)
    writer.fail('message', 'an object with sender, time, kind and args', describe(message))
  const { sender, time, kind, args } = message
  if (typeof kind !== 'string' || !NAME.test(kind)) writer.fail('kind', `a name like ${NAME.source}`, describe(kind))
  if (!Number.isSafeInteger(time) || time < 0) writer.fail('time', 'whole milliseconds from 0 to 2^53−1', describe(time))
  if (typeof sender !== 'string' || sender.includes('\0')) writer.fail('sender', 'text without U+0000', 'one')
  writer.reset()
  writer.head(5, 4)
  writer.raw(ARGS)
  writeArgs(writer, args)
  writer.raw(KIND)
  writer.text(kind, 'kind')
  writer.raw(TIME)
  writer.head(0, time)
  writer.raw(SENDER)
  const size = writer.text(sender, 'sender')
  if (size < 1 || size > SENDER_BYTES_MAX) writer.fail('sender', `1 to ${SENDER_BYTES_MAX} bytes`, `${size}`)
  if (writer.size > profile.sizes.message) writer.fail('message', `at most ${profile.sizes.message} bytes`, `${writer.size}`)
  return writer.take()
}

/**
 * The message of canonical bytes; its `args` have no prototype.
 * @throws FoldbError `bad-message` with `fields.offset`, `expected` and `got` for any other bytes, or more than the profile allows.
 */
export function decodeMessage(bytes: Uint8Array, profile: Profile = DEFAULT_PROFILE): Message {
  const reader = new CborReader(bytes, 'bad-message')
  const limit = profile.sizes.message
  if (bytes.length > limit) reader.fail(`at most ${limit} bytes`, `${bytes.length}`)
  if (bytes[0] !== MAP_OF_FOUR) reader.fail('a map of args, kind, time and sender', reader.describe())
  reader.at = 1
  reader.literal(ARGS, 'the key "args"')
  const args = readArgs(reader, limit)
  reader.literal(KIND, 'the key "kind"')
  const kind = reader.name('a kind')
  reader.literal(TIME, 'the key "time"')
  const time = reader.head(0, 'whole milliseconds')
  reader.literal(SENDER, 'the key "sender"')
  const sender = readSender(reader)
  reader.end()
  return { sender, time, kind, args }
}

/** What was got, whatever it is: `String` itself throws on objects without a prototype. */
function describe(got: unknown): string {
  if (typeof got === 'string') return JSON.stringify(got.slice(0, 80))
  return typeof got === 'object' && got !== null ? 'an object' : String(got).slice(0, 80)
}

function readSender(reader: CborReader): string {
  const start = reader.at
  const sender = reader.text('a sender', SENDER_BYTES_MAX)
  if (sender === '') reader.fail(`a sender of 1 to ${SENDER_BYTES_MAX} bytes`, 'none', start)
  if (sender.includes('\0')) reader.fail('text without U+0000', 'one', start)
  return sender
}
