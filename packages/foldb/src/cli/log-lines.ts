/** What a reducer says while it folds: warnings and errors, on standard error. */
import type { LogLine } from '../engine/engine.ts'

/** Lines shown; a reducer that complains about every message would hide everything else. */
const SHOWN = 20

export interface LogPrinter {
  readonly add: (line: LogLine) => void
  /** Writes what was kept, and how many lines were not. */
  print(): void
}

export function createLogPrinter(): LogPrinter {
  const kept: LogLine[] = []
  let count = 0
  return {
    add(line) {
      if (line.level !== 'warn' && line.level !== 'error') return
      if (count++ < SHOWN) kept.push(line)
    },
    print() {
      for (const { position, level, text } of kept.splice(0)) process.stderr.write(`foldb: message ${position}: ${level}: ${text}\n`)
      if (count > SHOWN) process.stderr.write(`foldb: and ${count - SHOWN} more lines\n`)
      count = 0
    },
  }
}
