/**
 * Proves that `foldb` works in a browser: `npm run test:browser`, after a build.
 *
 * The packages are packed and installed into an empty project, bundled with a page by Vite as it comes, served on loopback under a content
 * policy and opened in Chromium. What the page answers must be what Node answers, and the checkpoints those of the vectors.
 */
import { deepStrictEqual } from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { cpus, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { findChromium, openPage } from './browser/chromium.mjs'
import { questionsFor } from './browser/questions.mjs'
import { buildSite, serveSite } from './browser/site.mjs'
import { install, packAll } from './pack/packages.mjs'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const VECTORS = 'packages/conformance/vectors'
const ANSWER_MS = 120_000

const typescript = vector('skirmish', 'typescript skirmish/log-1000.jsonl')
const assemblyscript = vector('skirmish', 'assemblyscript skirmish/log-1000.jsonl')
const dnd = vector('dnd', 'game', 'dnd/game.foldb')
/** All that is read, as paths in the repository; the page asks for the same paths. */
const FILES = new Set([typescript, assemblyscript, dnd].flatMap(({ game }) => Object.values(game)))

/** What is asked, with what the vectors expect where they know it. */
const CHECKS = [
  { title: 'skirmish in TypeScript, 1 000 messages', ask: ['fold', typescript.game], expected: typescript.expected },
  { title: 'the same again', ask: ['fold', typescript.game], expected: typescript.expected },
  { title: 'skirmish in AssemblyScript, 1 000 messages', ask: ['fold', assemblyscript.game], expected: assemblyscript.expected },
  { title: 'a battle from AppData, 1 000 messages', ask: ['fold', dnd.game], expected: dnd.expected },
  { title: 'skirmish on the thread of the page', ask: ['fold', typescript.game, { worker: false }], expected: typescript.expected },
  { title: 'append from 900 to 1 000', ask: ['append', typescript.game, 900], expected: typescript.expected },
  { title: 'query', ask: ['query', typescript.game] },
  { title: 'a write is refused', ask: ['refuseWrite', typescript.game] },
  { title: 'a query without end is ended, the next one answered', ask: ['endQuery', typescript.game] },
  { title: 'verdict of a battle', ask: ['verdict', dnd.game] },
  { title: 'no verdict while nobody has won', ask: ['verdict', typescript.game] },
  { title: 'what is no component is refused', ask: ['refuseComponent'] },
]

const chromium = findChromium()
if (chromium === undefined) process.stdout.write('browser-test: skipped: no Chromium on the PATH; FOLDB_CHROMIUM can name one\n')
else await testIn(chromium)

async function testIn(program) {
  const work = mkdtempSync(join(tmpdir(), 'foldb-browser-'))
  try {
    const project = join(work, 'project')
    mkdirSync(project)
    const packages = packAll(ROOT, work)
    install(
      project,
      packages.find(({ manifest }) => manifest.name === 'foldb'),
      packages,
      [],
    )
    const { raw, gzip } = await buildSite(project, ROOT, FILES)
    process.stdout.write(`browser-test: bundled by Vite: ${mebibytes(raw)}, ${mebibytes(gzip)} with gzip\n`)
    const site = await serveSite(project)
    try {
      const { passed, failed } = await runChecks(program, site.url, await askNode(project))
      process.stdout.write(`browser-test: ${passed} passed, ${failed} failed\n`)
      process.exitCode = failed === 0 && passed > 0 ? 0 : 1
    } finally {
      await site.close()
    }
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

async function runChecks(program, url, node) {
  const { browser, page, complaints } = await openPage(program, url)
  process.stdout.write(`browser-test: Chromium ${browser.version()}, ${cpus().length} cores\n`)
  const counts = { passed: 0, failed: 0 }
  const check = async (title, work) => {
    try {
      report('ok', title, await work())
      counts.passed++
    } catch (error) {
      report('FAILED', title, `: ${error.message}`)
      counts.failed++
    }
  }
  try {
    for (const { title, ask, expected } of CHECKS) await check(title, () => compare(page, node, ask, expected))
    await check('no worker is left', async () => deepStrictEqual(page.workers().length, 0))
    await check('no complaint, and no request to another host', async () => deepStrictEqual(complaints, []))
  } finally {
    await browser.close()
  }
  return counts
}

function report(status, title, rest = '') {
  process.stdout.write(`${status.padEnd(6)} ${title}${rest}\n`)
}

async function compare(page, node, [name, ...args], expected) {
  const asked = page.evaluate(([question, parameters]) => globalThis.ask(question, parameters), [name, args])
  const { answer, ms } = await within(ANSWER_MS, asked)
  if (expected !== undefined) deepStrictEqual(answer, expected)
  const began = performance.now()
  deepStrictEqual(answer, await node[name](...args))
  return `: ${Math.round(ms)} ms (Node ${Math.round(performance.now() - began)} ms)`
}

function within(ms, promise) {
  const { promise: late, reject } = Promise.withResolvers()
  const timer = setTimeout(() => reject(new Error(`expected an answer within ${ms} ms`)), ms)
  return Promise.race([promise, late]).finally(() => clearTimeout(timer))
}

/** The same questions to the same installed package in this process. */
async function askNode(project) {
  const entry = createRequire(join(project, 'package.json')).resolve('foldb')
  return questionsFor(await import(pathToFileURL(entry).href), (path) => readFile(join(ROOT, path)))
}

/** One case of the checkpoints. */
function vector(folder, name, logFile) {
  const { cases } = JSON.parse(readFileSync(join(ROOT, VECTORS, folder, 'checkpoints.json'), 'utf8'))
  const { reducer, log, expected } = cases.find((item) => item.name === name)
  return { expected, game: { reducer, log: `${VECTORS}/${logFile ?? log}` } }
}

function mebibytes(bytes) {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`
}
