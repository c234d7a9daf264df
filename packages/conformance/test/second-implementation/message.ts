/** Messages: protocol.md §3. */
import { refuse } from './bytes.ts'
import { decode, encode, integer, text, type Scalar } from './cbor.ts'
import { argsOf, countOf, fields, nameOf, senderOf, textOf } from './fields.ts'

export interface Message {
  readonly sender: string
  readonly time: number
  readonly kind: string
  readonly args: readonly (readonly [string, Scalar])[]
}

export function encodeMessage({ sender, time, kind, args }: Message, maximum = 65_536): Uint8Array {
  const encoded = encode({
    map: [
      ['args', { map: args }],
      ['kind', text(kind)],
      ['time', integer(time)],
      ['sender', text(sender)],
    ],
  })
  decodeMessage(encoded, maximum)
  return encoded
}

export function decodeMessage(encoded: Uint8Array, maximum = 65_536): Message {
  if (encoded.length > maximum) refuse('message too long')
  const { args, kind, time, sender } = fields(decode(encoded), ['args', 'kind', 'time', 'sender'])
  return { args: argsOf(args), kind: nameOf(textOf(kind)), time: countOf(time), sender: senderOf(sender) }
}
