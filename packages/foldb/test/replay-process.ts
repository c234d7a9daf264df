/** Another process: for each line `{"reducer": path, "messages": [hex]}` it folds the log and prints what it got, a line each. */
import { deriveState, formatDigest } from 'foldb'
import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'

for await (const line of createInterface({ input: process.stdin })) {
  const { reducer, messages } = JSON.parse(line) as { reducer: string; messages: string[] }
  const log = messages.map((hex) => new Uint8Array(Buffer.from(hex, 'hex')))
  await using db = await deriveState(log, new Uint8Array(await readFile(reducer)), { worker: false })
  const { position, genesis, logRoot, stateRoot, receiptRoot } = db.checkpoint
  const digests = [genesis, logRoot, stateRoot, receiptRoot].map(formatDigest)
  process.stdout.write(`${JSON.stringify([position, ...digests, db.outcomes])}\n`)
}
