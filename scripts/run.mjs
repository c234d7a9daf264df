/**
 * The commands of this repository: `node scripts/run.mjs <task> [arguments]`, behind `npm run <task>`.
 *
 * Plain JavaScript for Node 20, without dependencies, because it runs before anything is installed. It fetches Node 24 and pnpm 12
 * when the machine lacks them, installs the workspace when the lockfile changed, and then runs the task. Everything it says itself
 * goes to stderr, so that a command's stdout is the command's alone.
 */
import { existsSync, realpathSync } from 'node:fs'
import * as modules from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { installWorkspace } from './run/install.mjs'
import { reportCounts, runCommand } from './run/process.mjs'
import { findToolchain, needsNewerNode, recordToolchain, withPnpm } from './run/toolchain.mjs'

const ROOT = dirname(dirname(realpathSync(fileURLToPath(import.meta.url))))
const CONDITION = '--conditions=@foldb/source'
const TURBO_QUIET = { TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1', DO_NOT_TRACK: '1' }

/** Programs that run from source in this very process: nothing stands between them and the caller's signals and exit code. */
const PROGRAMS = { demo: 'apps/demo/src/main.ts', foldb: 'packages/foldb/src/bin.ts' }
/** What turbo is asked to run, from its cache where nothing changed. */
const TURBO_TASKS = {
  build: ['build', '--output-logs=errors-only'],
  check: ['check', '//#check:root', '--continue', '--output-logs=errors-only'],
  fix: ['//#fix:root'],
  bench: ['bench', '--concurrency=1'],
}
/** Scripts that try the built packages where they are installed. */
const INSTALLED = { 'pack-test': 'scripts/pack-test.mjs', 'test:browser': 'scripts/browser-test.mjs' }
const TASKS = [...Object.keys(PROGRAMS), ...Object.keys(TURBO_TASKS), ...Object.keys(INSTALLED), 'test']

const [task = '', ...args] = process.argv.slice(2)
if (!TASKS.includes(task)) {
  process.stderr.write(`foldb: expected one of ${TASKS.join(', ')}, got ${JSON.stringify(task)}\n`)
  process.exit(2)
}

if (needsNewerNode()) {
  const { node, env } = findToolchain(ROOT)
  process.exitCode = await runCommand(node, [CONDITION, fileURLToPath(import.meta.url), task, ...args], { env })
} else if (!process.execArgv.includes(CONDITION)) {
  process.exitCode = await runCommand(process.execPath, [CONDITION, fileURLToPath(import.meta.url), task, ...args], {})
} else if (prepare()) {
  await runTask()
}

function prepare() {
  try {
    installWorkspace(ROOT)
    recordToolchain(ROOT)
    return true
  } catch (error) {
    process.stderr.write(`foldb: ${error.message}\n`)
    process.exitCode = 1
    return false
  }
}

async function runTask() {
  if (task in PROGRAMS) return runProgram(join(ROOT, PROGRAMS[task]))
  if (task === 'test') process.exitCode = await runTests()
  else if (task in INSTALLED) process.exitCode = (await runTurbo('build')) || (await runInstalled(INSTALLED[task]))
  else process.exitCode = await runTurbo(task)
}

/** Runs a program in the directory that the caller stood in, with the caller's arguments. */
async function runProgram(file) {
  if (!existsSync(file)) throw new Error(`expected ${file} to exist`)
  const { INIT_CWD: caller, npm_lifecycle_event: event } = process.env
  if (event === task && caller !== undefined && existsSync(caller)) process.chdir(caller)
  process.argv = [process.execPath, file, ...args]
  keepCompiledSources()
  await import(pathToFileURL(file).href)
}

/** Types are stripped once from each source file, not in every process and worker. */
function keepCompiledSources() {
  const directory = join(ROOT, 'node_modules/.cache/compiled')
  modules.enableCompileCache(directory)
  process.env.NODE_COMPILE_CACHE ??= directory
}

/** All tests with coverage thresholds; only the named ones, without thresholds, when there are arguments. */
async function runTests() {
  const whole = args.length === 0
  const reporter = join(ROOT, 'scripts/run/counts-reporter.mjs')
  const flags = ['run', '--reporter=default', `--reporter=${reporter}`, ...(whole ? ['--coverage', '--typecheck'] : args)]
  const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs')
  return reportCounts((env) => runCommand(process.execPath, [vitest, ...flags], { cwd: ROOT, env }))
}

function runTurbo(name) {
  const turbo = join(ROOT, 'node_modules/turbo/bin/turbo')
  const flags = ['run', ...TURBO_TASKS[name], '--ui=stream', ...(name === task ? args : [])]
  return runCommand(process.execPath, [turbo, ...flags], { cwd: ROOT, env: { ...withPnpm(), ...TURBO_QUIET } })
}

function runInstalled(script) {
  return runCommand(process.execPath, [join(ROOT, script), ...args], { cwd: ROOT, env: withPnpm() })
}
