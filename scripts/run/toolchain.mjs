/** Node 24 and pnpm 12: found on the machine, or fetched with npx and remembered. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'

const NODE_MAJOR = 24
const PNPM_MAJOR = 12
const WINDOWS = process.platform === 'win32'
const PROBE = `console.log(JSON.stringify({ node: process.execPath, path: process.env.PATH }))`

export function needsNewerNode() {
  return Number(process.versions.node.split('.')[0]) < NODE_MAJOR
}

/** A Node of the right version and the environment to run it in: the remembered one if it is still there. */
export function findToolchain(root) {
  const { node, bin } = readRecord(root) ?? fetchToolchain()
  return { node, env: { PATH: prependPath(bin), FOLDB_TOOLCHAIN: JSON.stringify({ node, bin }) } }
}

/** Remembers a fetched toolchain, so that the next command need not ask npx. */
export function recordToolchain(root) {
  const record = process.env.FOLDB_TOOLCHAIN
  const file = recordFile(root)
  if (record === undefined || (existsSync(file) && readFileSync(file, 'utf8') === record)) return
  writeFileSync(file, record)
}

/** The environment in which `pnpm` is pnpm 12. */
export function withPnpm() {
  if (pnpmMajor(process.env.PATH ?? '') === PNPM_MAJOR) return {}
  return { PATH: prependPath(fetchToolchain().bin) }
}

function recordFile(root) {
  return join(root, 'node_modules/.foldb-toolchain.json')
}

function readRecord(root) {
  try {
    const record = JSON.parse(readFileSync(recordFile(root), 'utf8'))
    return existsSync(record.node) && pnpmMajor(record.bin) === PNPM_MAJOR ? record : undefined
  } catch {
    return undefined
  }
}

function fetchToolchain() {
  process.stderr.write(`foldb: fetching Node ${NODE_MAJOR} and pnpm ${PNPM_MAJOR}\n`)
  const packages = ['-p', `node@${NODE_MAJOR}`, '-p', `pnpm@${PNPM_MAJOR}`]
  const script = Buffer.from(PROBE).toString('base64')
  const command = `node -e "eval(Buffer.from('${script}','base64').toString())"`
  const { status, stdout, error } = spawnSync('npx', ['-y', ...packages, '-c', command], {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
    shell: WINDOWS,
  })
  if (error !== undefined || status !== 0)
    throw new Error(`expected npx to bring Node ${NODE_MAJOR} and pnpm ${PNPM_MAJOR}, got exit code ${status}`, { cause: error })
  const { node, path } = JSON.parse(stdout.trim().split('\n').at(-1))
  const bin = path.split(delimiter).find((folder) => pnpmMajor(folder) === PNPM_MAJOR)
  if (bin === undefined) throw new Error(`expected pnpm ${PNPM_MAJOR} on the PATH of npx, got ${path}`)
  return { node, bin }
}

function prependPath(folder) {
  return folder + delimiter + (process.env.PATH ?? '')
}

/** Major version of the first pnpm on a PATH, read from its package: asking pnpm itself takes a third of a second. */
function pnpmMajor(path) {
  for (const folder of path.split(delimiter)) {
    const file = join(folder, WINDOWS ? 'pnpm.cmd' : 'pnpm')
    if (folder !== '' && existsSync(file)) return packageMajor(realpathSync(file)) ?? askMajor(file)
  }
  return undefined
}

function packageMajor(file) {
  for (let folder = dirname(file); folder !== dirname(folder); folder = dirname(folder)) {
    const manifest = join(folder, 'package.json')
    if (!existsSync(manifest)) continue
    const { name, version } = JSON.parse(readFileSync(manifest, 'utf8'))
    return name === 'pnpm' || name === '@pnpm/exe' ? Number(version.split('.')[0]) : undefined
  }
  return undefined
}

function askMajor(file) {
  const { stdout } = spawnSync(file, ['--version'], { encoding: 'utf8', shell: WINDOWS })
  return Number((stdout ?? '').split('.')[0])
}
