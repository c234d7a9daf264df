/** A bar with rate and time to go on a terminal; nothing when the output is piped. */
import { Presets, SingleBar } from 'cli-progress'
import type { Progress } from '../options.ts'

export interface Bar {
  readonly update: (progress: Progress) => void
  stop(): void
}

export function progressBar(): Bar {
  if (process.stderr.isTTY !== true) return { update: () => undefined, stop: () => undefined }
  const format = 'folding {bar} {percentage}% | {value}/{total} messages | {speed}/s | {left} to go'
  const bar = new SingleBar({ format, stream: process.stderr, clearOnComplete: false, hideCursor: true }, Presets.shades_classic)
  let started = false
  return {
    update({ done, total, rate, remainingMs }) {
      const payload = { speed: Math.round(rate), left: duration(remainingMs) }
      if (started) bar.update(done, payload)
      else bar.start(total, done, payload)
      started = true
    },
    stop() {
      if (started) bar.stop()
      started = false
    },
  }
}

function duration(ms: number): string {
  const seconds = Math.ceil(ms / 1000)
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}
