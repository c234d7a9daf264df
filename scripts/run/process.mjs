/** Child processes of a task: streams inherited, signals forwarded, exit codes kept. */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * Runs a program to its end and gives its exit code, 128 + n when signal n ended it.
 *
 * A terminal sends Ctrl-C to every process of the group, so that it is forwarded only where there is none.
 *
 * @param {string} file
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: Record<string, string> }} options
 * @returns {Promise<number>}
 */
export function runCommand(file, args, { cwd, env }) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd, env: { ...process.env, ...env }, stdio: 'inherit' })
    const forward = (signal) => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
    }
    for (const signal of SIGNALS) process.on(signal, forward)
    child.on('error', reject)
    child.on('close', (code, signal) => {
      for (const name of SIGNALS) process.off(name, forward)
      resolve(code ?? 128 + (constants.signals[signal] ?? 0))
    })
  })
}

/**
 * Runs tests and prints their counts as the very last line: `foldb: 12 passed, 0 failed`.
 * Gives the exit code of the run, at least 1 when a test failed or none ran.
 */
export async function reportCounts(run) {
  const folder = mkdtempSync(join(tmpdir(), 'foldb-counts-'))
  const file = join(folder, 'counts.json')
  try {
    const exitCode = await run({ FOLDB_COUNTS_FILE: file })
    const { passed, failed, skipped } = readCounts(file)
    process.stdout.write(`foldb: ${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`)
    return exitCode !== 0 ? exitCode : failed > 0 || passed === 0 ? 1 : 0
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function readCounts(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return { passed: 0, failed: 0, skipped: 0 }
  }
}
