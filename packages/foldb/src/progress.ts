/** Progress of one call, told at most ten times a second. */
import type { Progress } from './options.ts'

const INTERVAL_MS = 100

export class ProgressMeter {
  readonly #total: number
  readonly #tell: ((progress: Progress) => void) | undefined
  readonly #began: number = performance.now()
  #told = 0

  constructor(total: number, tell: ((progress: Progress) => void) | undefined) {
    this.#total = total
    this.#tell = tell
  }

  report(done: number): void {
    const now = performance.now()
    if (this.#tell === undefined || (done < this.#total && now - this.#told < INTERVAL_MS)) return
    this.#told = now
    const elapsed = now - this.#began
    const rate = elapsed > 0 ? (done / elapsed) * 1000 : 0
    this.#tell({ done, total: this.#total, rate, remainingMs: rate > 0 ? ((this.#total - done) / rate) * 1000 : 0 })
  }
}
