/// Diagnostics for the author, never part of the state; and the last words before a trap.
import { logWrite } from './host'
import { Utf8 } from './text'

export enum Level {
  debug,
  info,
  warn,
  error,
}

/// Writes a line to the host's log.
export function log(level: Level, text: string): void {
  const bytes = new Utf8(text)
  logWrite(level, bytes.pointer, bytes.length)
}

/// What a failed assertion or `throw` becomes: its text goes to the log, and the message is trapped.
export function trap(message: string | null, file: string | null, line: u32, column: u32): void {
  const what = message === null ? 'abort' : message
  const where = file === null ? '?' : file
  log(Level.error, what + ' at ' + where + ':' + line.toString() + ':' + column.toString())
  unreachable()
}
