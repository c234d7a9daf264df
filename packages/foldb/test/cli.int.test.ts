import { encodeAppData, deriveState } from 'foldb'
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { main } from '../src/cli/main.ts'
import { ASSEMBLYSCRIPT, bytesOf, COUNT_UNITS, LOG, messages, pathOf, TYPESCRIPT } from './fixtures.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'foldb-cli-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))
afterEach(() => vi.restoreAllMocks())

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let out = ''
  let err = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true))
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((err += String(text)), true))
  vi.spyOn(console, 'table').mockImplementation((rows) => void (out += JSON.stringify(rows)))
  const code = await main(args)
  vi.restoreAllMocks()
  return { code, out, err }
}

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}

const line = (args: string): string => `{"sender":"player-0","time":1700000001000,"kind":"move","args":${args}}\n`
const log = pathOf(LOG)
const reducer = pathOf(ASSEMBLYSCRIPT)

describe('foldb derive', () => {
  it('prints one JSON object, twice the same roots, in either language the same state and receipts', async () => {
    const results = []
    for (const path of [ASSEMBLYSCRIPT, ASSEMBLYSCRIPT, TYPESCRIPT]) {
      const { code, out, err } = await run('derive', log, '--reducer', pathOf(path), '--query', COUNT_UNITS, '--json')
      expect([code, err]).toEqual([0, ''])
      results.push(JSON.parse(out))
    }
    const [first, again, typescript] = results
    expect(Object.keys(first)).toEqual([
      'position',
      'genesis',
      'logRoot',
      'stateRoot',
      'receiptRoot',
      'outcomes',
      'verdict',
      'rows',
      'elapsedMs',
    ])
    expect({ ...again, elapsedMs: 0 }).toEqual({ ...first, elapsedMs: 0 })
    expect([typescript.stateRoot, typescript.receiptRoot, typescript.rows]).toEqual([first.stateRoot, first.receiptRoot, first.rows])
    expect(typescript.genesis).not.toBe(first.genesis)
    expect(first.position).toBe(1000)
    expect(first.verdict).toBe(null)
  })

  it('prints text for people', async () => {
    const { code, out } = await run('derive', log, '--reducer', reducer, '--to', '100', '--query', 'SELECT 1 AS one')
    expect(code).toBe(0)
    expect(out).toMatch(/position +100\n/)
    expect(out).toMatch(/stateRoot +sha256:[0-9a-f]{64}\n/)
    expect(out).toMatch(/outcomes +\d+ applied, \d+ rejected, 0 trapped\n +\d+ rejected:code-\d\n/)
    expect(out).not.toContain('applied\n')
    expect(out).toContain('[{"one":1}]')
  })

  it('leaves rows out without a query and writes big integers as text', async () => {
    const plain = JSON.parse((await run('derive', log, '--reducer', reducer, '--to', '0', '--json')).out)
    expect(plain).not.toHaveProperty('rows')
    const { out } = await run(
      'derive',
      log,
      '--reducer',
      reducer,
      '--to',
      '0',
      '--json',
      '--query',
      `SELECT 9223372036854775807 AS big, 'NaN'::float8 AS nan`,
    )
    expect(JSON.parse(out).rows).toEqual([{ big: '9223372036854775807', nan: { $float: 'NaN' } }])
  })

  it('takes AppData', async () => {
    await using db = await deriveState([], await bytesOf(ASSEMBLYSCRIPT), { worker: false })
    const appData = await file('log.foldb', encodeAppData({ genesis: db.genesis, messages: await messages() }))
    const a = JSON.parse((await run('derive', appData, '--reducer', reducer, '--json')).out)
    const b = JSON.parse((await run('derive', log, '--reducer', reducer, '--json')).out)
    expect({ ...a, elapsedMs: 0 }).toEqual({ ...b, elapsedMs: 0 })
  })

  const refusals: [string, () => Promise<string[]>, RegExp][] = [
    ['a log that is not there', async () => [join(folder, 'nowhere'), '--reducer', reducer], /cannot read the log .*nowhere: no such file/],
    ['a reducer that is not there', async () => [log, '--reducer', join(folder, 'nowhere.wasm')], /cannot read the reducer/],
    ['a folder as log', async () => [folder, '--reducer', reducer], /it is a directory/],
    [
      'a malformed line, by number',
      async () => [await file('a', line('{"player":0,"unit":1,"x":1,"y":1}') + '{"sender":\n'), '--reducer', reducer],
      /line 2/,
    ],
    [
      'an unknown field',
      async () => [await file('b', '{"sender":"a","time":1,"kind":"move","args":{},"extra":1}\n'), '--reducer', reducer],
      /line 1.*extra/,
    ],
    ['a nested value', async () => [await file('c', line('{"x":[1]}')), '--reducer', reducer], /line 1/],
    ['an over-long message', async () => [await file('d', line(`{"x":"${'y'.repeat(70000)}"}`)), '--reducer', reducer], /65536/],
    ['a plain integer beyond 2^53', async () => [await file('e', line('{"x":9007199254740993}')), '--reducer', reducer], /line 1/],
    [
      'truncated AppData',
      async () => [await file('f', new Uint8Array([0x66, 0x6f, 0x6c, 0x64, 0x62, 1, 0, 0])), '--reducer', reducer],
      /byte|offset/,
    ],
    ['text that is not UTF-8', async () => [await file('g', new Uint8Array([0xff, 0xfe, 10])), '--reducer', reducer], /UTF-8/i],
    ['arguments that are not JSON', async () => [log, '--reducer', reducer, '--args', '{'], /--args/],
    ['arguments that do not fit', async () => [log, '--reducer', reducer, '--args', '{"seats":2}'], /seats/],
    ['a short channel', async () => [log, '--reducer', reducer, '--channel', 'ab'], /expected 32 bytes/],
    ['a channel that is no hexadecimal', async () => [log, '--reducer', reducer, '--channel', 'zz'], /hexadecimal/],
    ['a position beyond the log', async () => [log, '--reducer', reducer, '--to', '1001'], /expected 0 to 1000/],
    ['a position that is none', async () => [log, '--reducer', reducer, '--to', '-1'], /expected a position/],
    ['a query that writes', async () => [log, '--reducer', reducer, '--query', 'DELETE FROM units'], /query-refused/],
    ['a query with a syntax error', async () => [log, '--reducer', reducer, '--query', 'SELEC 1'], /42601/],
    ['a reducer that is text', async () => [log, '--reducer', log], /bad-component/],
    ['a missing reducer flag', async () => [log], /--reducer/],
    ['an unknown flag', async () => [log, '--reducer', reducer, '--fast'], /--fast/],
  ]
  it.each(refusals)('refuses %s with exit code 2', async (_, args, text) => {
    const { code, out, err } = await run('derive', ...(await args()), '--json')
    expect(err).toMatch(text)
    expect([code, out]).toEqual([2, ''])
  })

  it('refuses AppData of another genesis', async () => {
    await using db = await deriveState([], await bytesOf(ASSEMBLYSCRIPT), { worker: false })
    const appData = await file('other.foldb', encodeAppData({ genesis: { ...db.genesis, reducer: new Uint8Array(32) }, messages: [] }))
    const { code, err } = await run('derive', appData, '--reducer', reducer)
    expect(err).toContain('made for another reducer')
    expect(code).toBe(2)
  })

  it('ends quietly when nobody reads on, and says when the output cannot be written', async () => {
    const bin = [
      '--conditions=@foldb/source',
      pathOf('packages/foldb/src/bin.ts'),
      'derive',
      log,
      '--reducer',
      reducer,
      '--to',
      '1',
      '--json',
    ]
    const ended = async (stdout: 'pipe' | number): Promise<[unknown, string]> => {
      const child = spawn(process.execPath, bin, { stdio: ['ignore', stdout, 'pipe'] })
      child.stdout?.destroy()
      let err = ''
      child.stderr!.on('data', (text) => (err += text))
      return [await new Promise((resolve) => child.on('close', resolve)), err]
    }
    expect(await ended('pipe')).toEqual([0, ''])
    if (!existsSync('/dev/full')) return
    await using full = await open('/dev/full', 'w')
    expect(await ended(full.fd)).toEqual([2, expect.stringMatching(/^foldb: cannot write the output: ENOSPC.*\(unwritable-output\)\n$/)])
  })

  it('ends at Ctrl-C with exit code 130 and nothing on standard output', async () => {
    const long = await file('long.jsonl', (await readFile(log, 'utf8')).repeat(300))
    const child = spawn(process.execPath, [
      '--conditions=@foldb/source',
      pathOf('packages/foldb/test/announce-start.ts'),
      ...['derive', long, '--reducer', reducer, '--json'],
    ])
    let out = ''
    let err = ''
    child.stdout.on('data', (text) => (out += text))
    child.stderr.on('data', (text) => {
      err += text
      if (String(text).includes('started')) setTimeout(() => child.kill('SIGINT'), 1000)
    })
    const code = await new Promise((resolve) => child.on('close', resolve))
    expect([code, out]).toEqual([130, ''])
    expect(err).toContain('interrupted')
  })
})

describe('foldb check', () => {
  it('says that a component runs', async () => {
    const { code, out } = await run('check', reducer)
    expect([code, out]).toEqual([0, expect.stringContaining('runs (typed-reducer')])
    const report = JSON.parse((await run('check', pathOf(TYPESCRIPT), '--json')).out)
    expect(report).toMatchObject({ world: 'json-reducer', findings: [] })
  })

  it.each([
    ['an empty file', new Uint8Array(0)],
    ['text', new TextEncoder().encode('hello')],
    ['a core module', new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0])],
  ])('says no to %s with exit code 1', async (_, bytes) => {
    const path = await file('bad.wasm', bytes)
    const { code, out } = await run('check', path)
    expect(code).toBe(1)
    expect(out).toContain(path)
    expect(JSON.parse((await run('check', path, '--json')).out).findings.length).toBeGreaterThan(0)
  })

  it('refuses a file that is not there with exit code 2', async () => {
    expect((await run('check', join(folder, 'nowhere.wasm'))).code).toBe(2)
  })
})

describe('foldb build', () => {
  it('refuses an entry that is not there, and writes nothing', async () => {
    const out = join(folder, 'none.wasm')
    const { code, err } = await run('build', join(folder, 'nowhere.ts'), '--out', out)
    expect(code).toBe(2)
    expect(err).toContain('nowhere.ts')
    await expect(readFile(out)).rejects.toThrow('ENOENT')
  })

  it('refuses a reducer that no fold would take, and writes nothing', async () => {
    const out = join(folder, 'clashing.wasm')
    const { code, err } = await run('build', pathOf('packages/foldb/test/clashing-reducer.ts'), '--out', out)
    expect([code, err]).toEqual([2, expect.stringMatching(/tables\[1\]\.foreign-keys\[0\]\.name.*\(bad-manifest\)/)])
    await expect(readFile(out)).rejects.toThrow('ENOENT')
  })

  it('refuses a file that it cannot write', async () => {
    const entry = pathOf('reducers/skirmish/typescript/src/reducer.ts')
    const { code, err } = await run('build', entry, '--out', join(folder, 'no', 'such', 'folder.wasm'))
    expect([code, err]).toEqual([2, expect.stringContaining('cannot write')])
  })

  it('makes a component that folds to the same state', async () => {
    const out = join(folder, 'skirmish.wasm')
    const built = await run('build', pathOf('reducers/skirmish/typescript/src/reducer.ts'), '--out', out)
    expect([built.code, built.err]).toEqual([0, ''])
    expect(built.out).toMatch(/skirmish\.wasm: \d+ bytes, sha256:[0-9a-f]{64}/)
    const a = JSON.parse((await run('derive', log, '--reducer', out, '--to', '100', '--json')).out)
    const b = JSON.parse((await run('derive', log, '--reducer', reducer, '--to', '100', '--json')).out)
    expect([a.stateRoot, a.receiptRoot]).toEqual([b.stateRoot, b.receiptRoot])
  })
})

describe('foldb', () => {
  it('prints help and its version', async () => {
    expect(await run('--help')).toMatchObject({ code: 0, out: expect.stringContaining('derive') })
    expect(await run('--version')).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) })
  })

  it('refuses an unknown command', async () => {
    expect(await run('fold')).toMatchObject({ code: 2, err: expect.stringContaining('fold') })
  })
})
