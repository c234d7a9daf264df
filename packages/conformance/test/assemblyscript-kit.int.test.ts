import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type Args, DEFAULT_PROFILE, FoldbError, type Manifest, type Outcome, type Value } from '@foldb/abi'
import { createFold, encodeMessage, type Fold, type LogLevel, validateManifest } from '@foldb/derivation-core'
import { inspectComponent, loadReducer } from '@foldb/wasm-runtime'
import { describe, expect, it } from 'vitest'
import { genesisFor } from '../src/fold-log.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const KIT = join(ROOT, 'sdk/assemblyscript')
const probe = new Uint8Array(await readFile(join(ROOT, 'reducers/probe/assemblyscript/probe.wasm')))

const APPLIED: Outcome = { status: 'applied' }
const TRAPPED: Outcome = { status: 'trapped', code: 'trap' }
const rejected = (code: string): Outcome => ({ status: 'rejected', code })

/** What a build script writes to the file that its last argument names. */
async function build(cwd: string, ...script: string[]): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'foldb-asc-'))
  try {
    const out = join(folder, 'out.wasm')
    await promisify(execFile)(process.execPath, [...script, out], { cwd })
    return await readFile(out)
  } finally {
    await rm(folder, { recursive: true })
  }
}

interface Probe {
  readonly fold: Fold
  readonly logs: readonly (readonly [number, LogLevel, string])[]
  send(kind: string, args: Args, sender?: string): Outcome
  /** What the last message wrote down. */
  seen(): Value
}

async function openProbe(args: Args = { start: 7 }): Promise<Probe> {
  const logs: (readonly [number, LogLevel, string])[] = []
  const onLog = (position: number, level: LogLevel, text: string): void => void logs.push([position, level, text])
  const fold = createFold({ reducer: await loadReducer(probe), genesis: genesisFor(probe, args), onLog })
  return {
    fold,
    logs,
    send: (kind, given, sender = 'älice') => fold.apply(encodeMessage({ sender, time: 1_700_000_000_000, kind, args: given })),
    seen: () => fold.get('seen', [fold.position])?.[1] ?? null,
  }
}

const row = (id: Value, change: Args = {}): Args => ({
  id,
  flag: true,
  small: -300,
  real: -0.75,
  words: 'zażółć 🎲',
  raw: Uint8Array.of(0, 255, 7),
  note: null,
  ...change,
})

describe('a component built with the AssemblyScript kit', () => {
  it('imports nothing but the contract', () => {
    const { world, imports, findings } = inspectComponent(probe)
    expect(findings).toEqual([])
    expect(world).toBe('typed-reducer')
    expect(imports.every((name) => name.startsWith('foldb:reducer/'))).toBe(true)
  })

  it.each(['skirmish', 'probe'])('is what its sources give, byte for byte: %s', async (name) => {
    const home = join(ROOT, 'reducers', name, 'assemblyscript')
    const built = await build(home, join(KIT, 'bin/foldb-asc.mjs'), `assembly/${name}.ts`)
    expect(built.equals(await readFile(join(home, `${name}.wasm`)))).toBe(true)
  })

  it('decodes messages with what its sources give, byte for byte', async () => {
    const built = await build(KIT, join(KIT, 'conformance/build.mjs'))
    expect(built.equals(await readFile(join(KIT, 'conformance/message.wasm')))).toBe(true)
  })

  it('declares every type, constraint and parameter', async () => {
    using fold = (await openProbe()).fold
    expect(fold.manifest).toEqual(PROBE_MANIFEST)
    expect(() => validateManifest(fold.manifest, DEFAULT_PROFILE)).not.toThrow()
  })

  it('gives genesis its arguments, and can refuse them', async () => {
    expect((await openProbe()).fold.get('seen', [0])).toEqual([0, '7'])
    expect((await openProbe({ start: 7, note: 'hello' })).fold.get('seen', [0])).toEqual([0, '7 hello'])
    const refused = await openProbe({ start: -1, note: 'why' }).catch((error: unknown) => error)
    expect(FoldbError.is(refused) && [refused.code, refused.fields['code']]).toEqual(['invalid-genesis', 'negative'])
  })
})

describe('values through the AssemblyScript kit', () => {
  it('cross both ways in every type', async () => {
    const { fold, send, seen } = await openProbe()
    expect(send('store', row(-(2n ** 63n)))).toEqual(APPLIED)
    const canonical = [
      '12.35',
      'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',
      '2024-02-29',
      '2024-02-29 12:30:00.25+00',
      '{"a": [true, null], "b": 1}',
    ]
    const [money, uuid, day, moment, json] = canonical
    expect(seen()).toBe(
      `true | -300 | -0.75 | ${money} | zażółć 🎲 | 7 | ${uuid} | ${day} | ${moment} | ${json} | null | älice | 1700000000000`,
    )
    expect(fold.rows('everything')).toEqual([
      [-(2n ** 63n), true, -300, 300, -0.75, money, 'zażółć 🎲', Uint8Array.of(0, 255, 7), uuid, day, moment, json, null],
    ])
  })

  it('cross when they are empty, whole, null or not', async () => {
    const { fold, send, seen } = await openProbe()
    expect(send('store', row(1, { flag: false, words: '', raw: new Uint8Array(0), real: 5, note: '' }))).toEqual(APPLIED)
    expect(String(seen()).split(' | ').slice(0, 6)).toEqual(['false', '-300', '5.0', '12.35', '', 'none'])
    const [stored] = fold.rows('everything')
    expect([stored?.[4], stored?.[6], stored?.[7], stored?.[12]]).toEqual([5, '', new Uint8Array(0), ''])
    expect(send('say', { words: '' })).toEqual(APPLIED)
    expect(send('store', row(2, { words: '\u{feff}x', small: 0 }))).toEqual(APPLIED)
    expect(fold.get('everything', [2])?.[6]).toBe('\u{feff}x')
  })

  it.each([
    [32_767, APPLIED],
    [-32_768, APPLIED],
    [32_768, rejected('out-of-range')],
    [-32_769, rejected('out-of-range')],
    [2n ** 63n - 1n, rejected('out-of-range')],
  ])('reject as out-of-range what the field cannot hold: %s', async (small, outcome) => {
    const { fold, send } = await openProbe()
    expect(send('store', row(1, { small }))).toEqual(outcome)
    expect(fold.rows('everything')).toHaveLength(outcome === APPLIED ? 1 : 0)
  })

  it('scan ranges of an index', async () => {
    const { send, seen } = await openProbe()
    for (const [id, words] of ['a', 'b', 'b', 'c'].entries()) send('store', row(id, { words, small: 10 - id }))
    expect(send('scan', { words: 'b' })).toEqual(APPLIED)
    expect(seen()).toBe('2,1 / 2,1,3 / 3 / 0,2,1 / 0 / 0,2 / 3 / 2,1 / 2 / true')
    expect(send('scan', { words: 'x' })).toEqual(APPLIED)
    expect(seen()).toBe(' /  /  / 0,2,1,3 / 0,2,1,3 / 0,2 / 3 /  / none / false')
  })

  it('draw the same entropy in every replay', async () => {
    const drawn = []
    for (let replay = 0; replay < 2; replay++) {
      const { send, seen } = await openProbe()
      for (const n of [0, 1, 40]) {
        expect(send('dice', { n })).toEqual(APPLIED)
        drawn.push(String(seen()))
      }
    }
    expect(drawn.slice(3)).toEqual(drawn.slice(0, 3))
    expect(drawn.map((text) => text.split(' ')[0]?.length)).toEqual([0, 2, 80, 0, 2, 80])
    for (const text of drawn) expect(text).toMatch(/^[0-9a-f]* [0-5] 0$/)
  })
})

describe('errors through the AssemblyScript kit', () => {
  it('that the reducer handles are data', async () => {
    const { fold, send, seen } = await openProbe()
    send('store', row(1))
    const answers = [send('try-link', { id: 5, parent: 9 }), seen(), send('try-link', { id: 5, parent: 1 }), seen()]
    expect(answers).toEqual([APPLIED, '23503 child_parent_fkey', APPLIED, 'linked'])
    expect([send('try-link', { id: 5, parent: 1 }), seen()]).toEqual([APPLIED, '23505 child_pkey'])
    expect([send('unlink', { n: 1 }), seen()]).toEqual([APPLIED, '23503 child_parent_fkey'])
    expect([send('unlink', { n: 5 }), seen()]).toEqual([APPLIED, 'true false'])
    expect(fold.rows('child')).toEqual([])
  })

  it('that it does not handle reject the message, whatever comes after', async () => {
    const { fold, send } = await openProbe()
    expect(send('link', { id: 5, parent: 9 })).toEqual(rejected('sql-23503'))
    expect(fold.get('seen', [1])).toBeUndefined()
    send('store', row(1))
    expect(send('link', { id: 5, parent: 1 })).toEqual(rejected('too-late'))
    expect(send('store', row(1))).toEqual(rejected('sql-23505'))
    expect(send('store', row(2, { words: 'no' }))).toEqual(rejected('sql-23514'))
    expect(send('wide-key', { n: 1 })).toEqual(rejected('sql-42601'))
    expect(fold.rows('child')).toEqual([])
  })

  it('that it makes itself: the first refusal counts', async () => {
    const { fold, send } = await openProbe()
    expect(send('refuse', { words: 'because' })).toEqual(rejected('refused'))
    expect(fold.get('seen', [1])).toBeUndefined()
  })

  it('that end it trap, and say where in the log', async () => {
    const { logs, send, seen } = await openProbe()
    expect([send('crash', { n: 1 }), seen()]).toEqual([APPLIED, '2'])
    expect(send('crash', { n: 2 })).toEqual(TRAPPED)
    expect(send('crash', { n: 3 })).toEqual(TRAPPED)
    expect(logs.map(([position, level]) => [position, level])).toEqual([
      [2, 'error'],
      [3, 'error'],
    ])
    expect(logs[1]?.[2]).toMatch(/^crashed on purpose at assembly\/probe\.ts:\d+:\d+$/)
    expect([send('crash', { n: 0 }), seen()]).toEqual([APPLIED, '2'])
  })
})

describe('memory of the AssemblyScript kit', () => {
  it('is as after the start in every message', async () => {
    const { send, seen, logs } = await openProbe()
    for (let i = 0; i < 300; i++) expect([send('say', { words: 'x'.repeat(i) }), seen()]).toEqual([APPLIED, '1'])
    expect(logs.at(-1)).toEqual([300, 'warn', 'x'.repeat(299)])
  })

  it('takes more than the first pages when a message needs it', async () => {
    const { send, seen } = await openProbe()
    for (const n of [300_000, 1, 4_000_000, 1]) expect([send('grow', { n }), seen()]).toEqual([APPLIED, String(n)])
    expect([send('say', { words: 'ż'.repeat(32_000) }), seen()]).toEqual([APPLIED, '1'])
    expect(send('grow', { n: 200_000_000 })).toEqual(TRAPPED)
    expect([send('grow', { n: 1 }), seen()]).toEqual([APPLIED, '1'])
  })
})

const column = (name: string, type: Manifest['tables'][number]['columns'][number]['type'], nullable = false) => ({ name, type, nullable })
const param = (name: string, type: Manifest['genesis'][number]['type'], nullable = false) => ({ name, type, nullable })
const condition = (of: number, comparison: string, constant: Value = null) => ({ column: of, comparison, operand: { constant } })

const PROBE_MANIFEST: unknown = {
  name: 'probe',
  version: '1.2.3',
  verdict: 'seen',
  views: [{ name: 'everything_words_view', query: 'SELECT words FROM everything' }],
  genesis: [param('start', 'integer'), param('note', 'text', true)],
  tables: [
    {
      name: 'everything',
      columns: [
        column('id', 'bigint'),
        column('flag', 'boolean'),
        column('small', 'smallint'),
        column('whole', 'integer'),
        column('real', 'double-precision'),
        column('money', { numeric: { precision: 10, scale: 2 } }),
        column('words', 'text'),
        column('raw', 'bytea'),
        column('uuid', 'uuid'),
        column('day', 'date'),
        column('moment', 'timestamptz'),
        column('json', 'jsonb'),
        column('note', 'text', true),
      ],
      primaryKey: [0],
      indexes: [
        { name: 'everything_words', columns: [6, 2], unique: false, where: [] },
        {
          name: 'everything_uuid',
          columns: [8],
          unique: true,
          where: [condition(12, 'is-null'), condition(1, 'equal', true), { column: 2, comparison: 'not-equal', operand: { column: 2 } }],
        },
      ],
      checks: [
        { name: 'everything_whole', all: [condition(3, 'greater-or-equal', 0)] },
        { name: 'everything_real', all: [condition(4, 'less', 1.5e300), condition(6, 'not-equal', 'no')] },
        { name: 'everything_raw', all: [condition(7, 'not-equal', new Uint8Array(1)), condition(0, 'is-not-null')] },
        { name: 'everything_order', all: [{ column: 0, comparison: 'less-or-equal', operand: { column: 0 } }] },
      ],
      foreignKeys: [],
    },
    {
      name: 'child',
      columns: [column('id', 'integer'), column('parent', 'bigint')],
      primaryKey: [0],
      indexes: [{ name: 'child_parent', columns: [1], unique: false, where: [] }],
      checks: [],
      foreignKeys: [{ name: 'child_parent_fkey', columns: [1], references: 'everything' }],
    },
    {
      name: 'seen',
      columns: [column('position', 'bigint'), column('what', 'text')],
      primaryKey: [0],
      indexes: [],
      checks: [],
      foreignKeys: [],
    },
  ],
  messages: [
    {
      name: 'store',
      params: [
        param('id', 'integer'),
        param('flag', 'boolean'),
        param('small', 'integer'),
        param('real', 'float'),
        param('words', 'text'),
        param('raw', 'bytes'),
        param('note', 'text', true),
      ],
    },
    ...['try-link', 'link'].map((name) => ({ name, params: [param('id', 'integer'), param('parent', 'integer')] })),
    { name: 'unlink', params: [param('n', 'integer')] },
    { name: 'scan', params: [param('words', 'text')] },
    { name: 'wide-key', params: [param('n', 'integer')] },
    { name: 'dice', params: [param('n', 'integer')] },
    { name: 'say', params: [param('words', 'text')] },
    { name: 'refuse', params: [param('words', 'text')] },
    { name: 'crash', params: [param('n', 'integer')] },
    { name: 'grow', params: [param('n', 'integer')] },
  ],
}
