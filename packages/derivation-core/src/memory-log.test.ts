import { expect, it } from 'vitest'

import { genesisOf, createLedger, message } from '../test/ledger.ts'
import { createMemoryLog } from './memory-log.ts'
import { logConformance } from './testing/log-conformance.ts'

logConformance('createMemoryLog', createMemoryLog)

it('grows at its end', async () => {
  const log = createMemoryLog(genesisOf(createLedger()))
  const [first, second] = [message('a', 'open'), message('b', 'open')]
  log.append(first)
  log.append(second)
  expect(log.size).toBe(2)
  const batches = []
  for await (const batch of log.read({ from: 2 })) batches.push(batch)
  expect(batches).toEqual([[second]])
})

it('refuses a range that is none', async () => {
  const log = createMemoryLog(genesisOf(createLedger()))
  await expect(log.read({ from: -1 })[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'bad-range' })
  await expect(log.read({ to: 1.5 })[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'bad-range' })
})
