/** A copy of a log in which somebody moved one unit elsewhere. */
import { decodeMessage, type EncodedMessage, encodeMessage, type GenesisLog, type Message } from 'foldb'

export interface Tampered {
  readonly log: GenesisLog
  readonly position: number
  readonly before: Message
  readonly after: Message
}

/** Moves the unit of the first `move` from the middle of the log on by one column more. */
export function tamper(log: GenesisLog): Tampered {
  const messages = log.messages.map((message) => (message instanceof Uint8Array ? decodeMessage(message) : message))
  const middle = Math.floor(messages.length / 2)
  const index = messages.findIndex((message, i) => i >= middle && message.kind === 'move')
  const before = messages[index]!
  const x = Number(before.args['x'])
  const after: Message = { ...before, args: { ...before.args, x: x > 0 ? x - 1 : x + 1 } }
  const copy: (Message | EncodedMessage)[] = [...log.messages]
  copy[index] = encodeMessage(after)
  return { log: { genesis: log.genesis, messages: copy }, position: index + 1, before, after }
}
