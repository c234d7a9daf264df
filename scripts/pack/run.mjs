/** Commands whose output matters only when they fail. */
import { spawnSync } from 'node:child_process'

const TIMEOUT_MS = 120_000

/** Runs a command to its end; throws with the last lines of its output when it fails or takes longer than two minutes. */
export function run(command, args, cwd) {
  const { status, signal, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    timeout: TIMEOUT_MS,
    env: childEnv(),
  })
  if (status === 0) return
  const output = `${stdout ?? ''}${stderr ?? ''}`.trim().split('\n').slice(-15).join('\n')
  throw new Error(`${command} ${args[0]} ended with ${error?.message ?? signal ?? `exit code ${status}`}\n${output}`)
}

/** What npm and this repository put into the environment would leak into the projects. */
function childEnv() {
  const own = ([key]) => !/^(?:npm_|INIT_CWD$|NODE_OPTIONS$|FOLDB_)/i.test(key)
  return { ...Object.fromEntries(Object.entries(process.env).filter(own)), CI: 'true' }
}
