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

/** The log of a host. */
export function createLog(host: GuestHost): Log {
  return {
    debug: (text) => host.log('debug', text),
    info: (text) => host.log('info', text),
    warn: (text) => host.log('warn', text),
    error: (text) => host.log('error', text),
  }
}
