/** Replays the game in other processes and compares what they print. */
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export interface Replays {
  readonly total: number
  readonly identical: number
}

/**
 * Folds the game `total` times in `processes` processes of their own and counts the checkpoints equal to `expected`.
 * @throws Error when a process fails
 */
export async function replay(expected: string, total: number, processes: number, onOne: (done: number) => void): Promise<Replays> {
  let done = 0
  let identical = 0
  const count = (line: string): void => {
    done++
    if (line === expected) identical++
    onOne(done)
  }
  const shares = Array.from({ length: processes }, (_, i) => Math.floor((total + i) / processes))
  await Promise.all(shares.map((share) => runProcess(share, count)))
  return { total, identical }
}

function runProcess(times: number, onLine: (line: string) => void): Promise<void> {
  const script = fileURLToPath(new URL('./replay.ts', import.meta.url))
  const child = spawn(process.execPath, ['--conditions=@foldb/source', script, String(times)], { stdio: ['ignore', 'pipe', 'inherit'] })
  createInterface({ input: child.stdout }).on('line', onLine)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`a replay process ended with exit code ${code}`))))
  })
}
