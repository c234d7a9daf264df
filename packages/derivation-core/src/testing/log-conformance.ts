/** What every message log has to do: protocol.md §4. */
import { DEFAULT_PROFILE, type Genesis } from '@foldb/abi'
import { describe, expect, it } from 'vitest'

import { encodeMessage } from '../message.ts'
import type { EncodedMessage, MessageLog } from '../ports.ts'
import { profileDigest } from '../profile.ts'

/** Opens a log that holds these messages. */
export type OpenLog = (genesis: Genesis, messages: readonly EncodedMessage[]) => MessageLog | Promise<MessageLog>

const GENESIS: Genesis = {
  args: Object.create(null) as Genesis['args'],
  engine: null,
  channel: new Uint8Array(32).fill(1),
  profile: profileDigest(DEFAULT_PROFILE),
  reducer: new Uint8Array(32).fill(2),
}

function messagesOf(count: number): EncodedMessage[] {
  return Array.from({ length: count }, (_, i) => encodeMessage({ sender: 'alice', time: i, kind: 'note', args: { number: i + 1 } }))
}

async function collect(log: MessageLog, range?: { readonly from?: number; readonly to?: number }): Promise<EncodedMessage[]> {
  const all: EncodedMessage[] = []
  for await (const batch of log.read(range)) all.push(...batch)
  return all
}

/** Runs the suite. @param name what is tested */
export function logConformance(name: string, open: OpenLog): void {
  describe(`${name} as a message log`, () => {
    it('keeps its genesis', async () => {
      const { genesis } = await open(GENESIS, [])
      expect({ ...genesis, args: { ...genesis.args } }).toEqual({ ...GENESIS, args: {} })
    })

    it('gives nothing when it is empty', async () => {
      expect(await collect(await open(GENESIS, []))).toEqual([])
    })

    it('gives the bytes of all messages in order', async () => {
      const messages = messagesOf(2500)
      expect(await collect(await open(GENESIS, messages))).toEqual(messages)
    })

    it('gives a range of positions, from 1, both ends included', async () => {
      const messages = messagesOf(2500)
      const log = await open(GENESIS, messages)
      expect(await collect(log, { from: 1, to: 1 })).toEqual(messages.slice(0, 1))
      expect(await collect(log, { from: 999, to: 2001 })).toEqual(messages.slice(998, 2001))
      expect(await collect(log, { from: 2500 })).toEqual(messages.slice(2499))
      expect(await collect(log, { to: 3 })).toEqual(messages.slice(0, 3))
    })

    it('gives nothing outside its positions', async () => {
      const log = await open(GENESIS, messagesOf(3))
      expect(await collect(log, { from: 4 })).toEqual([])
      expect(await collect(log, { from: 3, to: 2 })).toEqual([])
      expect(await collect(log, { to: 0 })).toEqual([])
      expect(await collect(log, { from: 2, to: 9 })).toHaveLength(2)
    })

    it('can be read more than once, and its answers changed without harm', async () => {
      const messages = messagesOf(2)
      const log = await open(GENESIS, messages)
      for (const bytes of await collect(log)) bytes.fill(0)
      expect(await collect(log)).toEqual(messagesOf(2))
    })
  })
}
