/** The messages of a call, checked whole before one of them is folded. */
import { FoldbError, type Message, type Profile } from '@foldb/abi'
import { decodeMessage, encodeMessage, type EncodedMessage } from '@foldb/derivation-core'
import type { LogSource } from './options.ts'

/** Everything a source holds from `from` (1 is the first). */
export async function readSource(source: LogSource): Promise<readonly (Message | EncodedMessage)[]> {
  if (Array.isArray(source)) return source as readonly (Message | EncodedMessage)[]
  if (!('read' in source)) return (source as { messages: readonly (Message | EncodedMessage)[] }).messages
  const all: EncodedMessage[] = []
  for await (const batch of source.read()) for (const message of batch) all.push(message)
  return all
}

/**
 * Canonical bytes of each message, the caller's copied. `first` is the position of the first one.
 * @throws FoldbError `bad-message` with the position of the message that cannot be encoded or is not canonical.
 */
export function encodeAll(messages: readonly (Message | EncodedMessage)[], first: number, profile: Profile): EncodedMessage[] {
  // Array.from: a hole in the array is a message that is missing, not one to skip.
  return Array.from(messages, (message, i) => {
    try {
      const bytes = message instanceof Uint8Array ? new Uint8Array(message) : encodeMessage(message, profile)
      decodeMessage(bytes, profile)
      return bytes
    } catch (error) {
      if (!FoldbError.is(error)) throw error
      const position = first + i
      throw new FoldbError(error.code, `message ${position}: ${error.message}`, { fields: { ...error.fields, position }, cause: error })
    }
  })
}
