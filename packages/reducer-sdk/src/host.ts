/** What a reducer's component imports: the only things outside it. */

export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

/** The imports `tables-json`, `entropy` and `log` of the JSON world. */
export interface GuestHost {
  call(request: string): string
  entropy(count: number): Uint8Array
  log(level: LogLevel, text: string): void
}

/** Diagnostics for the author; never part of the state. */
export interface Log {
  debug(text: string): void
  info(text: string): void
  warn(text: string): void
  error(text: string): void
}

/** The log over a host's one function. */
export function createLog(write: (level: LogLevel, text: string) => void): Log {
  return {
    debug: (text) => write('debug', text),
    info: (text) => write('info', text),
    warn: (text) => write('warn', text),
    error: (text) => write('error', text),
  }
}
