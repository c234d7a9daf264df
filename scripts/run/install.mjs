/** Installs the workspace when there is no installation of this very lockfile. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { withPnpm } from './toolchain.mjs'

const LOCK_POLL_MS = 200

/** Several commands may start at once in a fresh clone: one installs, the others wait for it. */
export function installWorkspace(root) {
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'pnpm-lock.yaml')))
    .digest('hex')
  const stamp = join(root, 'node_modules/.foldb-installed')
  const isInstalled = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted
  if (isInstalled()) return
  const lock = join(root, '.foldb-installing')
  takeLock(lock)
  try {
    if (isInstalled()) return
    runPnpmInstall(root)
    writeFileSync(stamp, wanted)
  } finally {
    rmSync(lock, { force: true })
  }
}

/** Both streams of pnpm go to stderr. */
function runPnpmInstall(root) {
  process.stderr.write('foldb: installing dependencies\n')
  const { status, error } = spawnSync('pnpm', ['install', '--frozen-lockfile', '--prefer-offline'], {
    cwd: root,
    env: { ...process.env, ...withPnpm(), CI: 'true' },
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  })
  if (status !== 0) {
    throw new Error(`expected pnpm install to succeed, got exit code ${status}: see its output above`, { cause: error })
  }
}

/** The lock is a file with the holder's process id: a holder that was killed holds nothing. */
function takeLock(file) {
  for (;;) {
    try {
      return writeFileSync(file, String(process.pid), { flag: 'wx' })
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
      if (isHeld(file)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOCK_POLL_MS)
      else rmSync(file, { force: true })
    }
  }
}

function isHeld(file) {
  try {
    const holder = Number(readFileSync(file, 'utf8'))
    return holder === 0 || process.kill(holder, 0)
  } catch {
    return false
  }
}
