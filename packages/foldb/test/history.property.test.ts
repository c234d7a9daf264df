/** One history, three ways to it: one fold, any split into appends, a replay in another process. */
import fc from 'fast-check'
import { type Derivation, deriveState, encodeMessage, formatDigest, type Message } from 'foldb'
import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ASSEMBLYSCRIPT, bytesOf, pathOf, TYPESCRIPT } from './fixtures.ts'
import { cutsOf, randomLog } from './random-log.ts'

const SECONDS = Number(process.env['FOLDB_SECONDS'] ?? 60)
const SEED = Number(process.env['FOLDB_SEED'] ?? 20261124)

let child: ChildProcessByStdio<Writable, Readable, null>
let lines: AsyncIterator<string>
beforeAll(() => {
  child = spawn(process.execPath, ['--conditions=@foldb/source', pathOf('packages/foldb/test/replay-process.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
})
afterAll(() => void child.kill())

async function elsewhere(reducer: string, log: readonly Message[]): Promise<unknown> {
  const messages = log.map((message) => Buffer.from(encodeMessage(message)).toString('hex'))
  child.stdin.write(`${JSON.stringify({ reducer: pathOf(reducer), messages })}\n`)
  return JSON.parse((await lines.next()).value as string)
}

function describeState(db: Derivation): unknown {
  const { position, genesis, logRoot, stateRoot, receiptRoot } = db.checkpoint
  return [position, ...[genesis, logRoot, stateRoot, receiptRoot].map(formatDigest), db.outcomes]
}

describe('a random log', () => {
  it(
    'has the same roots in one fold, in any split into appends, and in another process',
    async () => {
      const wasm = { [ASSEMBLYSCRIPT]: await bytesOf(ASSEMBLYSCRIPT), [TYPESCRIPT]: await bytesOf(TYPESCRIPT) }
      let logs = 0
      const applied = { applied: 0, rejected: 0, trapped: 0 }
      const property = fc.asyncProperty(
        randomLog.chain((log) => fc.tuple(fc.constant(log), cutsOf(log.length))),
        fc.constantFrom(ASSEMBLYSCRIPT, ASSEMBLYSCRIPT, ASSEMBLYSCRIPT, TYPESCRIPT),
        async ([log, cuts], reducer) => {
          await using whole = await deriveState(log, wasm[reducer], { worker: false })
          await using parts = await deriveState([], wasm[reducer], { worker: false })
          for (const cut of cuts) await parts.append(log.slice(parts.position, cut))
          expect(describeState(parts)).toEqual(describeState(whole))
          expect(await elsewhere(reducer, log)).toEqual(describeState(whole))
          logs++
          for (const status of ['applied', 'rejected', 'trapped'] as const) applied[status] += whole.outcomes[status]
        },
      )
      await fc.assert(property, { seed: SEED, numRuns: 1_000_000, interruptAfterTimeLimit: SECONDS * 1000, markInterruptAsFailure: false })
      process.stderr.write(`history: seed ${SEED}, ${logs} random logs, ${JSON.stringify(applied)}\n`)
      expect(logs).toBeGreaterThan(10)
      expect(applied.applied).toBeGreaterThan(logs)
      expect(applied.rejected).toBeGreaterThan(logs)
    },
    (SECONDS + 60) * 1000,
  )
})
