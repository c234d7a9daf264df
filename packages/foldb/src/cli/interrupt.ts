/** Ctrl-C as an AbortSignal. */
import { EXIT } from './exit.ts'

/** How long a fold may take to notice; the process ends then in any case. */
const PATIENCE_MS = 1000

/** Runs something that Ctrl-C can end. */
export async function interruptible<T>(run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController()
  const stop = (): void => {
    controller.abort()
    setTimeout(() => process.exit(EXIT.interrupted), PATIENCE_MS).unref()
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  try {
    return await run(controller.signal)
  } finally {
    process.off('SIGINT', stop)
    process.off('SIGTERM', stop)
  }
}

export function wasInterrupted(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError'
}
