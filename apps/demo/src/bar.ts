/** A progress bar on a terminal; nothing when the output is piped. */
import { Presets, SingleBar } from 'cli-progress'

export interface Bar {
  update(done: number): void
  stop(): void
}

export function createBar(label: string, total: number): Bar {
  if (process.stdout.isTTY !== true) return { update: () => undefined, stop: () => undefined }
  const bar = new SingleBar({ format: `${label} {bar} {value}/{total} | {eta} s to go`, stream: process.stdout }, Presets.shades_classic)
  bar.start(total, 0)
  return { update: (done) => bar.update(done), stop: () => bar.stop() }
}
