/** `foldb derive`: a log and a reducer in, roots and rows out. */
import { FoldbError, formatDigest } from '@foldb/abi'
import { parseArgsJson, parseJsonLines, parseMessages } from '@foldb/derivation-core'
import type { Derivation } from '../derivation.ts'
import { deriveState } from '../derive.ts'
import type { DeriveOptions, LogSource } from '../options.ts'
import type { QueryRows } from '../query-face.ts'
import { EXIT } from './exit.ts'
import { readInput } from './files.ts'
import { createLogPrinter } from './log-lines.ts'
import { progressBar } from './progress-bar.ts'
import { printJson } from './json.ts'

export interface DeriveFlags {
  readonly reducer: string
  readonly args?: string
  readonly channel?: string
  readonly to?: number
  readonly query?: string
  readonly json?: boolean
}

export async function derive(logFile: string, flags: DeriveFlags, signal: AbortSignal): Promise<number> {
  const [log, reducer] = await Promise.all([readInput(logFile, 'log'), readInput(flags.reducer, 'reducer')])
  const bar = progressBar()
  const lines = createLogPrinter()
  try {
    await using db = await deriveState(parseLog(log), reducer, { ...optionsOf(flags, signal, bar.update), onLog: lines.add })
    const answer = flags.query === undefined ? undefined : await db.query(flags.query)
    bar.stop()
    await (flags.json === true ? printReport(db, answer) : printText(db, answer))
  } finally {
    bar.stop()
    lines.print()
  }
  return EXIT.done
}

const MAGIC = [0x66, 0x6f, 0x6c, 0x64, 0x62]

function parseLog(bytes: Uint8Array): LogSource {
  return MAGIC.every((byte, i) => bytes[i] === byte) ? parseMessages(bytes) : parseJsonLines(bytes)
}

function optionsOf(flags: DeriveFlags, signal: AbortSignal, onProgress: DeriveOptions['onProgress']): DeriveOptions {
  return {
    args: flags.args === undefined ? undefined : parseArgs(flags.args),
    channel: flags.channel,
    to: flags.to,
    eagerQuery: flags.query !== undefined,
    onProgress,
    signal,
  }
}

function parseArgs(json: string): NonNullable<DeriveOptions['args']> {
  try {
    return parseArgsJson(json)
  } catch (error) {
    throw FoldbError.is(error) ? new FoldbError(error.code, `--args: ${error.message}`, { fields: error.fields, cause: error }) : error
  }
}

async function printReport(db: Derivation, answer: QueryRows<unknown> | undefined): Promise<void> {
  printJson({
    ...(await summary(db)),
    ...(answer === undefined ? {} : { rows: answer.rows }),
    elapsedMs: Math.round(performance.now()),
  })
}

async function printText(db: Derivation, answer: QueryRows<object> | undefined): Promise<void> {
  const { outcomes, verdict, ...roots } = await summary(db)
  for (const [name, value] of Object.entries(roots)) process.stdout.write(`${name.padEnd(12)} ${value}\n`)
  const counts = Object.entries(outcomes).map(([name, count]) => `${count} ${name}`)
  process.stdout.write(`outcomes     ${counts.join(', ')}\n`)
  for (const [code, count] of db.codes) process.stdout.write(`${''.padEnd(12)} ${count} ${code}\n`)
  if (verdict !== null) {
    process.stdout.write('verdict      ')
    printJson(verdict)
  }
  if (answer !== undefined) console.table(answer.rows, [...answer.columns])
}

async function summary(db: Derivation) {
  const { position, genesis, logRoot, stateRoot, receiptRoot } = db.checkpoint
  return {
    position,
    genesis: formatDigest(genesis),
    logRoot: formatDigest(logRoot),
    stateRoot: formatDigest(stateRoot),
    receiptRoot: formatDigest(receiptRoot),
    outcomes: db.outcomes,
    verdict: (await db.verdict()) ?? null,
  }
}
