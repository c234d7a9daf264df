/** A log as one byte string: protocol.md §4. */
import { concat, fromHex, reader, refuse, take, takeUnsigned, toHex, u32 } from './bytes.ts'
import { decodeGenesis } from './genesis.ts'
import { decodeMessage } from './message.ts'

const HEADER = fromHex('666f6c646201')

export interface Log {
  readonly genesis: Uint8Array
  readonly messages: readonly Uint8Array[]
}

/** Where a log stopped being one. */
export class NoLog extends Error {
  readonly offset: number
  readonly position: number
  constructor(offset: number, position: number) {
    super(`at ${offset}, position ${position}`)
    this.offset = offset
    this.position = position
  }
}

const framed = (bytes: Uint8Array): Uint8Array => concat(u32(bytes.length), bytes)
export const encodeAppData = ({ genesis, messages }: Log): Uint8Array => concat(HEADER, framed(genesis), ...messages.map(framed))

export function decodeAppData(bytes: Uint8Array): Log {
  const header = toHex(HEADER)
  for (let i = 0; i < HEADER.length; i++) if (toHex(bytes.slice(i, i + 1)) !== header.slice(2 * i, 2 * i + 2)) throw new NoLog(i, 0)
  const input = reader(bytes)
  take(input, HEADER.length)
  const items: Uint8Array[] = []
  while (items.length === 0 || input.at < bytes.length) items.push(one(input, items.length))
  const [genesis, ...messages] = items
  return { genesis: genesis ?? refuse('no genesis'), messages }

  function one(from: typeof input, position: number): Uint8Array {
    const start = from.at
    try {
      const length = Number(takeUnsigned(from, 4))
      if (length === 0 || (position === 0 && length > 65_536)) refuse('length')
      take({ bytes, at: from.at }, length)
      const item = take(from, length)
      if (position === 0) decodeGenesis(item)
      else decodeMessage(item)
      return item
    } catch {
      throw new NoLog(start, position)
    }
  }
}
