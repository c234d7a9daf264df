/** Builds with the real tools, and runs what was built. */
import { FoldbError } from '@foldb/abi'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildReducer } from '../src/build/index.ts'
import { componentImports } from '../src/build/component-imports.ts'
import { loadComponentize, loadRolldown } from '../src/build/peers.ts'
import { MemoryHost } from './memory-host.ts'
import { type GuestExports, runComponent } from './run-component.ts'
import { reducer as probe } from './fixtures/probe.ts'

const fixture = (name: string): string => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url))

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'foldb-build-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** The error of building a module with this text. */
async function refusalOf(text: string, name = 'reducer.ts'): Promise<FoldbError> {
  await writeFile(join(folder, name), text)
  return errorOf(join(folder, name))
}

async function errorOf(entry: string): Promise<FoldbError> {
  const error: unknown = await buildReducer({ entry }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!FoldbError.is(error)) throw new Error('expected the build to be refused', { cause: error })
  return error
}

describe('a built component', () => {
  let component: Uint8Array
  let host: MemoryHost
  let guest: GuestExports
  let position = 0
  const send = (kind: string, ...args: unknown[]): string =>
    guest.reduce(JSON.stringify({ position: ++position, sender: 'ada', time: 1700, kind, args }))

  beforeAll(async () => {
    component = await buildReducer({ entry: fixture('probe.ts'), out: join(folder, 'probe.wasm') })
    host = new MemoryHost(probe.manifest)
    guest = await runComponent(component, host)
  })

  it('is written to the file too', async () => {
    expect(new Uint8Array(await readFile(join(folder, 'probe.wasm')))).toEqual(component)
  })

  it('imports nothing but the host of reducers', () => {
    expect(componentImports(component).toSorted()).toEqual([
      'foldb:reducer/entropy@0.1.0',
      'foldb:reducer/log@0.1.0',
      'foldb:reducer/tables-json@0.1.0',
    ])
  })

  it('describes itself as the module does outside', () => {
    expect(guest.describe()).toBe(probe.describe())
  })

  it('reads and writes rows, rolls and logs', () => {
    host.stream = [6]
    expect(guest.init('[]')).toBe('null')
    expect(send('roll', 20)).toBe('null')
    expect(host.rows('seen').at(-1)).toEqual([position, '7 1700 ada ü😀'])
    expect(host.logged).toContainEqual(['info', 'rolling'])
    expect(send('roll', 2 ** 40)).toMatch(/^\["reject","out-of-range"/)
  })

  it('names the deterministic way for every ambient source', () => {
    const said: Record<string, unknown> = {}
    for (const source of (host.rows('seen')[0]![1] as string).split(', ')) {
      expect(send('use', source)).toBe('null')
      said[source] = host.rows('seen').at(-1)![1]
    }
    expect(said).toMatchInlineSnapshot(`
      {
        "Array.toLocaleString": "toLocaleString depends on the machine: compare with <, format by hand, or leave it to the view",
        "BigInt.toLocaleString": "toLocaleString depends on the machine: compare with <, format by hand, or leave it to the view",
        "Date": "Date is not deterministic: use message.time",
        "Date.now": "Date.now is not deterministic: use message.time",
        "FinalizationRegistry": "FinalizationRegistry depends on when garbage is collected: keep what matters in tables",
        "Intl": "Intl.NumberFormat depends on the machine: compare with <, format by hand, or leave it to the view",
        "Math.random": "Math.random is not deterministic: use entropy.bytes or entropy.int",
        "Number.toLocaleString": "toLocaleString depends on the machine: compare with <, format by hand, or leave it to the view",
        "Object.toLocaleString": "toLocaleString depends on the machine: compare with <, format by hand, or leave it to the view",
        "String.toLocaleLowerCase": "toLocaleLowerCase depends on the machine: compare with <, format by hand, or leave it to the view",
        "String.toLocaleUpperCase": "toLocaleUpperCase depends on the machine: compare with <, format by hand, or leave it to the view",
        "WeakRef": "WeakRef depends on when garbage is collected: keep what matters in tables",
        "console": "console.log is not there: use log.info",
        "crypto": "crypto.randomUUID is not deterministic: use entropy.bytes or entropy.int",
        "fetch": "fetch is not there: a reducer sees its tables and the message, nothing else",
        "localeCompare": "localeCompare depends on the machine: compare with <, format by hand, or leave it to the view",
        "new Date": "Date is not deterministic: use message.time",
        "performance": "performance.now is not deterministic: use message.time",
        "process": "process.env is not there: a reducer sees its tables and the message, nothing else",
        "queueMicrotask": "queueMicrotask never runs: a reducer is synchronous, and nothing is left of it when it has answered",
        "setInterval": "setInterval never runs: a reducer is synchronous, and nothing is left of it when it has answered",
        "setTimeout": "setTimeout never runs: a reducer is synchronous, and nothing is left of it when it has answered",
      }
    `)
    expect(Object.values(said)).not.toContain('nothing was thrown')
  })

  it('traps on any other error, after it has logged it', () => {
    expect(() => send('boom')).toThrow(WebAssembly.RuntimeError)
    expect(host.logged.at(-1)).toMatchObject(['error', expect.stringMatching(/^Error: boom\n/)])
  })
})

describe('buildReducer refuses', () => {
  it('a file that is not there', async () => {
    const error = await errorOf(join(folder, 'nowhere.ts'))
    expect(error.code).toBe('missing-entry')
    expect(error.message).toMatch(/^cannot read .*nowhere\.ts: no such file$/)
  })

  it('a syntax error, with file, line and column', async () => {
    const error = await refusalOf('export const reducer = {\n  messages: = 3\n}\n', 'broken.ts')
    expect(error.code).toBe('bundle-failed')
    expect(error.message).toMatch(/^cannot bundle .*broken\.ts:2:13: Unexpected token$/)
    expect(error.fields).toMatchObject({ line: 2, column: 13, file: expect.stringMatching(/broken\.ts$/) as string })
  })

  it('an import of a file that is not there, with its place', async () => {
    const error = await refusalOf("import { a } from './not-there.ts'\nexport const reducer = { describe: () => a }\n")
    expect(error.code).toBe('bundle-failed')
    expect(error.message).toMatch(/reducer\.ts:1:19: Could not resolve '\.\/not-there\.ts'/)
  })

  it('a module without the export reducer', async () => {
    const error = await refusalOf('export const other = 1\n')
    expect(error.code).toBe('no-reducer')
    expect(error.message).toMatch(/reducer\.ts has no export named reducer: write export const reducer = defineReducer/)
  })

  it('a module of Node.js, named with or without node:', async () => {
    const error = await refusalOf("import { readFileSync } from 'node:fs'\nexport const reducer = { describe: readFileSync }\n")
    expect(error.code).toBe('outside-import')
    expect(error.message).toMatch(/reducer\.ts imports node:fs, which only Node\.js has/)
    const bare = await refusalOf("import { join } from 'path'\nexport const reducer = { describe: join }\n")
    expect(bare.message).toMatch(/imports path, which only Node\.js has/)
  })

  it('a package that is not installed', async () => {
    const error = await refusalOf("import { a } from 'not-installed-anywhere'\nexport const reducer = { describe: () => a }\n")
    expect(error.code).toBe('outside-import')
    expect(error.message).toMatch(/imports not-installed-anywhere, which was not found: install it/)
  })

  it('an export that does not come from defineReducer', async () => {
    const error = await refusalOf('export const reducer = { name: 1 }\n')
    expect(error.code).toBe('build-failed')
    expect(error.message).toMatch(/cannot be made a component: expected the export reducer to come from defineReducer$/)
  })

  it('a clock that is read while the module starts', async () => {
    const error = await errorOf(fixture('clock-at-start.ts'))
    expect(error.code).toBe('build-failed')
    expect(error.message).toMatch(/clock-at-start\.ts cannot be made a component: Date\.now is not deterministic: use message\.time$/)
  })

  it('a declaration that names a column which is not there', async () => {
    const error = await errorOf(fixture('bad-table.ts'))
    expect(error.message).toMatch(/cannot be made a component: table units: expected one of its columns, got "nobody"$/)
  })
})

describe('peers', () => {
  const absent = (): Promise<never> => Promise.reject(new Error('Cannot find package'))

  it('says what to install when one is missing', async () => {
    for (const [load, name] of [
      [loadRolldown, 'rolldown'],
      [loadComponentize, 'componentize-qjs'],
    ] as const) {
      const error: unknown = await load(absent).catch((thrown: unknown) => thrown)
      expect(FoldbError.is(error) && error.code).toBe('missing-peer')
      expect((error as FoldbError).message).toContain(
        `needs ${name}, which cannot be loaded: install it with npm install --save-dev rolldown componentize-qjs`,
      )
    }
  })
})
