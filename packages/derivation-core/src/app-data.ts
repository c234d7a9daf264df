/** A whole log as one byte string, as a file and as a payload for others: protocol.md §4. */
import { DEFAULT_PROFILE, FoldbError, type Genesis, type Message, type Profile } from '@foldb/abi'
import { decodeGenesis, encodeGenesis, GENESIS_BYTES_MAX } from './genesis.ts'
import { decodeMessage, encodeMessage } from './message.ts'
import type { EncodedMessage } from './ports.ts'

/** "foldb" and the version of the format. */
export const APP_DATA_MAGIC: Uint8Array = Uint8Array.of(0x66, 0x6f, 0x6c, 0x64, 0x62, 0x01)

/** A genesis and what was said under it; message i stands at position i + 1. */
export interface Log {
  readonly genesis: Genesis
  readonly messages: readonly EncodedMessage[]
}

/**
 * The bytes of a log: magic, version, genesis and messages, each after its length as u32. The inverse of `parseMessages`.
 * @throws FoldbError `bad-genesis` or `bad-message` (with `fields.position`) for what no log can hold.
 */
export function encodeAppData(
  log: { readonly genesis: Genesis; readonly messages: readonly (Message | EncodedMessage)[] },
  profile: Profile = DEFAULT_PROFILE,
): Uint8Array {
  const parts = [encodeGenesis(log.genesis)]
  for (const [i, message] of log.messages.entries()) parts.push(atPosition(i + 1, 0, () => toBytes(message, profile)))
  let size = APP_DATA_MAGIC.length
  for (const part of parts) size += 4 + part.length
  const out = new Uint8Array(size)
  const view = new DataView(out.buffer)
  out.set(APP_DATA_MAGIC)
  let at = APP_DATA_MAGIC.length
  for (const part of parts) {
    view.setUint32(at, part.length)
    out.set(part, at + 4)
    at += 4 + part.length
  }
  return out
}

function toBytes(message: Message | EncodedMessage, profile: Profile): EncodedMessage {
  if (!(message instanceof Uint8Array)) return encodeMessage(message, profile)
  decodeMessage(message, profile)
  return message
}

/**
 * The genesis and the raw bytes of every message, each one decoded once to be sure that it can be folded. The bytes are views of
 * `appData`: do not change it afterwards.
 *
 * @throws FoldbError `bad-app-data` for a wrong header, a length of zero, or bytes cut off or left over; `bad-genesis` and
 * `bad-message` for what is in them. `fields.offset` counts bytes of `appData`, `fields.position` messages from 1.
 * @example
 * const { genesis, messages } = parseMessages(encodeAppData({ genesis, messages: [{ sender: 'a', time: 0, kind: 'tick', args: {} }] }))
 */
export function parseMessages(appData: Uint8Array, profile: Profile = DEFAULT_PROFILE): { genesis: Genesis; messages: EncodedMessage[] } {
  const log = readAppData(appData)
  for (const [i, bytes] of log.messages.entries()) {
    atPosition(i + 1, bytes.byteOffset - appData.byteOffset, () => decodeMessage(bytes, profile))
  }
  return log
}

/** `parseMessages` without a look into the messages: for a log whose messages are decoded next anyway. */
export function readAppData(appData: Uint8Array): { genesis: Genesis; messages: EncodedMessage[] } {
  for (const [i, byte] of APP_DATA_MAGIC.entries()) {
    if (appData[i] !== byte) fail('the header "foldb" and version 1', appData[i] === undefined ? 'the end' : 'other bytes', i, 0)
  }
  const frames = new Frames(appData, APP_DATA_MAGIC.length)
  const start = frames.at + 4
  const genesis = atPosition(0, start, () => decodeGenesis(frames.next(GENESIS_BYTES_MAX)))
  const messages: EncodedMessage[] = []
  while (frames.at < appData.length) messages.push(frames.next(0xffffffff))
  return { genesis, messages }
}

/** Pieces of a byte string, each after its length. */
class Frames {
  readonly bytes: Uint8Array
  readonly view: DataView
  at: number
  position = 0

  constructor(bytes: Uint8Array, at: number) {
    this.bytes = bytes
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.at = at
  }

  next(limit: number): Uint8Array {
    const { at, position } = this
    const left = this.bytes.length - at
    if (left < 4) fail('4 bytes of a length', `${left} until the end`, at, position)
    const length = this.view.getUint32(at)
    if (length === 0) fail('a length of at least 1', '0', at, position)
    if (length > limit) fail(`a length of at most ${limit}`, `${length}`, at, position)
    if (length > left - 4) fail(`${length} bytes`, `${left - 4} until the end`, at, position)
    this.at = at + 4 + length
    this.position++
    return this.bytes.subarray(at + 4, this.at)
  }
}

function fail(expected: string, got: string, offset: number, position: number): never {
  const where = position === 0 ? 'before the first message' : `in message ${position}`
  throw new FoldbError('bad-app-data', `bad app data at byte ${offset}, ${where}: expected ${expected}, got ${got}`, {
    fields: { offset, position, expected, got },
  })
}

/** Runs a step, and adds to a refusal at which message and byte of the whole it was. */
function atPosition<T>(position: number, base: number, step: () => T): T {
  try {
    return step()
  } catch (error) {
    if (!FoldbError.is(error) || error.code === 'bad-app-data') throw error
    const { offset } = error.fields
    const fields = { ...error.fields, position, ...(offset === undefined ? {} : { offset: base + offset }) }
    const where = position === 0 ? 'genesis' : `message ${position}`
    const text = offset === undefined ? '' : ` (byte ${base + offset} of the whole)`
    throw new FoldbError(error.code, `${where}: ${error.message}${text}`, { fields, cause: error })
  }
}
