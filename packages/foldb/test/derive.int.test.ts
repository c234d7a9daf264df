import { buildReducer } from '@foldb/reducer-sdk/build'
import { checkVictoryCondition, DEFAULT_PROFILE, deriveState, encodeAppData, encodeMessage, type Message, parseMessages } from 'foldb'
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'
import { ASSEMBLYSCRIPT, COUNT_UNITS, messages, pathOf, skirmish } from './fixtures.ts'

let wasm: Uint8Array
let log: Message[]
beforeAll(async () => {
  wasm = await skirmish()
  log = await messages()
})

const rejected = (promise: Promise<unknown>): Promise<{ code: string; message: string; fields: Record<string, unknown> }> =>
  promise.then(
    () => Promise.reject(new Error('expected a refusal')),
    (error: unknown) => error as never,
  )

describe('deriveState', () => {
  it('gives one checkpoint in a worker and on this thread', async () => {
    await using here = await deriveState(log, wasm, { worker: false })
    await using there = await deriveState(log, wasm)
    expect(there.checkpoint).toEqual(here.checkpoint)
    expect(there.outcomes).toEqual(here.outcomes)
    expect(there.codes).toEqual(here.codes)
    expect(here.outcomes.applied + here.outcomes.rejected).toBe(1000)
  })

  it('gives one checkpoint for one fold and for any split into appends', async () => {
    await using whole = await deriveState(log, wasm, { worker: false })
    await using parts = await deriveState([], wasm, { worker: false })
    for (const [from, to] of [
      [0, 1],
      [1, 1],
      [1, 250],
      [250, 999],
      [999, 1000],
    ] as const)
      await parts.append(log.slice(from, to))
    expect(parts.checkpoint).toEqual(whole.checkpoint)
  })

  it('takes AppData, encoded messages and a log with its genesis alike', async () => {
    await using plain = await deriveState(log, wasm, { worker: false })
    const appData = encodeAppData({ genesis: plain.genesis, messages: log })
    await using parsed = await deriveState(parseMessages(appData), wasm)
    await using encoded = await deriveState(
      log.map((message) => encodeMessage(message)),
      wasm,
      { worker: false },
    )
    expect(parsed.checkpoint).toEqual(plain.checkpoint)
    expect(encoded.checkpoint).toEqual(plain.checkpoint)
  })

  it('reads a log port', async () => {
    await using plain = await deriveState(log, wasm, { worker: false })
    const encoded = log.map((message) => encodeMessage(message))
    const port = {
      genesis: plain.genesis,
      async *read() {
        yield encoded.slice(0, 10)
        yield encoded.slice(10)
      },
    }
    await using db = await deriveState(port, wasm, { worker: false })
    expect(db.checkpoint).toEqual(plain.checkpoint)
  })

  it('keeps logs with different channels apart though their states are equal', async () => {
    await using a = await deriveState(log.slice(0, 10), wasm, { worker: false })
    await using b = await deriveState(log.slice(0, 10), wasm, { worker: false, channel: '11'.repeat(32) })
    expect(b.checkpoint.stateRoot).toEqual(a.checkpoint.stateRoot)
    expect(b.checkpoint.genesis).not.toEqual(a.checkpoint.genesis)
  })

  it('folds up to a position and refuses one beyond the log', async () => {
    await using db = await deriveState(log, wasm, { worker: false, to: 17 })
    expect(db.position).toBe(17)
    const error = await rejected(deriveState(log, wasm, { worker: false, to: 1001 }))
    expect(error.code).toBe('beyond-log')
    expect(error.message).toContain('expected 0 to 1000')
  })

  it.each([
    ['nothing', undefined],
    ['AppData that nobody parsed', new Uint8Array(3)],
    ['a genesis without messages', { genesis: {} }],
  ])('refuses %s as a log', async (_, source) => {
    expect(await rejected(deriveState(source as never, wasm))).toMatchObject({
      code: 'bad-option',
      message: expect.stringContaining('bad log'),
    })
  })

  it.each([
    ['null', null],
    ['nothing', undefined],
  ])('refuses %s among the messages, with its position', async (_, message) => {
    const error = await rejected(deriveState([log[0]!, message as never], wasm, { worker: false }))
    expect([error.code, error.fields['position']]).toEqual(['bad-message', 2])
  })

  it('refuses a hole among the messages', async () => {
    // eslint-disable-next-line no-sparse-arrays
    const error = await rejected(deriveState([log[0]!, , log[1]!] as never, wasm, { worker: false }))
    expect([error.code, error.fields['position']]).toEqual(['bad-message', 2])
  })

  it('refuses a buffer where the bytes of a reducer belong', async () => {
    const error = await rejected(deriveState([], wasm.buffer as never))
    expect([error.code, error.message]).toEqual(['bad-option', 'bad reducer: expected the bytes of a component as a Uint8Array'])
  })

  it('refuses a profile beyond a ceiling before anything runs', async () => {
    const profile = { ...DEFAULT_PROFILE, memoryPages: 65_536 }
    expect(await rejected(deriveState([], wasm, { profile }))).toMatchObject({ code: 'profile-refused', fields: { path: 'memoryPages' } })
  })

  it('refuses a genesis of another reducer, and one beside arguments', async () => {
    await using db = await deriveState([], wasm, { worker: false })
    const foreign = { genesis: { ...db.genesis, reducer: new Uint8Array(32) }, messages: [] }
    expect((await rejected(deriveState(foreign, wasm))).code).toBe('foreign-genesis')
    expect((await rejected(deriveState({ genesis: db.genesis, messages: [] }, wasm, { args: {} }))).code).toBe('bad-option')
    expect((await rejected(deriveState({ genesis: db.genesis, messages: [] }, wasm, { channel: '00'.repeat(32) }))).code).toBe('bad-option')
  })

  it('lets the process end when somebody forgot to close it', async () => {
    const script = `
      const { deriveState } = await import('foldb')
      const { readFile } = await import('node:fs/promises')
      const db = await deriveState([], await readFile(process.argv[1]), { eagerQuery: true })
      console.log((await db.query('SELECT count(*) AS n FROM units')).rows[0].n)`
    const args = ['--conditions=@foldb/source', '--input-type=module', '-e', script, pathOf(ASSEMBLYSCRIPT)]
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: pathOf('packages/foldb'), timeout: 20_000 })
    expect(stdout).toBe('0\n')
  })

  it('refuses a channel of another length', async () => {
    expect((await rejected(deriveState([], wasm, { channel: 'abcd' }))).message).toContain('expected 32 bytes')
  })

  it('refuses arguments that the reducer does not declare', async () => {
    expect((await rejected(deriveState([], wasm, { worker: false, args: { seats: 2 } }))).code).toBe('bad-genesis-args')
    expect((await rejected(deriveState([], wasm, { args: { seats: 2 } }))).code).toBe('bad-genesis-args')
  })

  it('refuses what is no component, in a worker too', async () => {
    const error = await rejected(deriveState([], new Uint8Array([1, 2, 3])))
    expect(error.code).toBe('bad-component')
  })

  it('has no verdict where the reducer declares none', async () => {
    await using db = await deriveState(log, wasm, { worker: false })
    expect(await checkVictoryCondition(db)).toBeUndefined()
  })
})

describe('a restless reducer', () => {
  let restless: Uint8Array
  beforeAll(async () => {
    restless = await buildReducer({ entry: pathOf('packages/foldb/test/restless-reducer.ts') })
  }, 30_000)

  it('is ended by the signal while it never answers', async () => {
    const error = await rejected(deriveState([], restless, { args: { forever: true }, signal: AbortSignal.timeout(2500) }))
    expect((error as unknown as Error).name).toBe('TimeoutError')
  })

  it('traps when its code throws, and the fold goes on', async () => {
    const fail = { sender: 'a', time: 0, kind: 'fail', args: {} }
    await using db = await deriveState([fail, { ...fail, kind: 'chatter', args: { lines: 1, length: 1 } }, fail], restless, {
      args: { forever: false },
    })
    expect(db.outcomes).toEqual({ applied: 1, rejected: 0, trapped: 2 })
  })

  it('may log megabytes, and only what a call may log', async () => {
    let logged = 0
    const said = { sender: 'a', time: 0, kind: 'chatter', args: { lines: 200, length: 60_000 } }
    const tooLong = { ...said, args: { lines: 1, length: 70_000 } }
    const tooLarge = { ...said, args: { lines: 1, length: 2 ** 28 } }
    await using db = await deriveState([said, tooLong, tooLarge], restless, {
      args: { forever: false },
      onLog: ({ text }) => (logged += text.length),
    })
    expect(db.outcomes).toEqual({ applied: 1, rejected: 0, trapped: 2 })
    expect(logged).toBeGreaterThanOrEqual(200 * 60_000)
    expect((await db.query('SELECT position FROM seen')).rows).toEqual([{ position: 1 }])
  })
})

describe('append', () => {
  it('takes messages as they were when it was called', async () => {
    await using whole = await deriveState(log.slice(0, 700), wasm, { worker: false })
    await using db = await deriveState([], wasm)
    const encoded = log.slice(0, 700).map((message) => encodeMessage(message))
    const appended = db.append(encoded)
    await new Promise((resolve) => setTimeout(resolve))
    for (const bytes of encoded) bytes.fill(0)
    await appended
    expect(db.checkpoint).toEqual(whole.checkpoint)
  })

  it('takes messages as large as the profile allows', async () => {
    const profile = { ...DEFAULT_PROFILE, sizes: { ...DEFAULT_PROFILE.sizes, message: 100_000 } }
    const message = { sender: 'a', time: 0, kind: 'unheard', args: { x: 'y'.repeat(80_000) } }
    await using db = await deriveState([message], wasm, { worker: false, profile })
    expect(db.outcomes.rejected).toBe(1)
    expect((await rejected(deriveState([message], wasm, { worker: false }))).code).toBe('bad-message')
  })

  it('refuses all messages when one is bad, and says which', async () => {
    await using db = await deriveState(log.slice(0, 10), wasm)
    const before = db.checkpoint
    const bad = [...log.slice(10, 13).map((message) => encodeMessage(message)), new Uint8Array([0xa4, 1])]
    const error = await rejected(db.append(bad))
    expect(error.fields['position']).toBe(14)
    expect(db.position).toBe(10)
    expect(db.checkpoint).toEqual(before)
    await db.append(log.slice(10, 20))
    expect(db.position).toBe(20)
  })

  it('ends between batches when the signal is raised, and goes on from there', async () => {
    await using whole = await deriveState(log, wasm, { worker: false })
    await using db = await deriveState([], wasm)
    const controller = new AbortController()
    const error = await rejected(db.append(log, { signal: controller.signal, onProgress: () => controller.abort() }))
    expect((error as unknown as Error).name).toBe('AbortError')
    expect(db.position).toBeGreaterThan(0)
    await db.append(log.slice(db.position))
    expect(db.checkpoint).toEqual(whole.checkpoint)
  })

  it('refuses a raised signal before it starts', async () => {
    const error = await rejected(deriveState(log, wasm, { signal: AbortSignal.abort() }))
    expect((error as unknown as Error).name).toBe('AbortError')
  })

  it('tells progress up to the end', async () => {
    const seen: number[] = []
    await using db = await deriveState(log, wasm, { worker: false, onProgress: ({ done, total }) => seen.push(done / total) })
    expect(seen.at(-1)).toBe(1)
    expect(db.position).toBe(1000)
  })

  it('runs calls one after the other', async () => {
    await using db = await deriveState([], wasm)
    await Promise.all([db.append(log.slice(0, 5)), db.append(log.slice(5, 9)), db.append(log.slice(9, 20))])
    await using whole = await deriveState(log.slice(0, 20), wasm, { worker: false })
    expect(db.checkpoint).toEqual(whole.checkpoint)
  })

  it('is refused after close', async () => {
    for (const worker of [true, false]) {
      const db = await deriveState([], wasm, { worker })
      await db.close()
      // What a caller did wrong is no fault of the host, with or without a worker.
      const late = [() => db.append(log.slice(0, 1)), () => db.query('SELECT 1'), () => db.verdict()]
      for (const call of late) expect(await rejected(call())).toMatchObject({ name: 'FoldbError', code: 'closed' })
    }
  })
})

describe('query', () => {
  it('sees every append', async () => {
    await using db = await deriveState(log.slice(0, 100), wasm, { eagerQuery: true })
    const first = await db.query<{ n: number }>('SELECT count(*) AS n FROM events')
    expect(first.rows[0]!.n).toBe(db.outcomes.applied)
    await db.append(log.slice(100))
    const second = await db.query<{ n: number }>('SELECT count(*) AS n FROM events')
    expect(second.rows[0]!.n).toBe(db.outcomes.applied)
    expect((await db.query(COUNT_UNITS)).columns).toEqual(['owner', 'n'])
  })

  it('takes parameters', async () => {
    await using db = await deriveState(log.slice(0, 100), wasm)
    const { rows } = await db.query('SELECT id FROM units WHERE id = $1', [1])
    expect(rows).toEqual([{ id: 1 }])
  })

  it('ends a query that takes too long, and answers the next one from a new PostgreSQL', async () => {
    await using db = await deriveState(log, wasm, { worker: false, queryTimeoutMs: 5000 })
    const error = await rejected(db.query('SELECT count(*) FROM generate_series(1, 1000000) a, generate_series(1, 1000000) b'))
    expect(error.code).toBe('query-timeout')
    await db.append([])
    const { rows } = await db.query<{ n: number }>('SELECT count(*) AS n FROM events')
    expect(rows[0]!.n).toBe(db.outcomes.applied)
  })

  it('is ended by close, and so are the queries that wait for it', async () => {
    const db = await deriveState(log, wasm)
    await db.query('SELECT 1')
    const endless = rejected(db.query('SELECT count(*) FROM generate_series(1, 1000000) a, generate_series(1, 1000000) b'))
    const next = rejected(db.query('SELECT 1'))
    await new Promise((resolve) => setTimeout(resolve, 300))
    await Promise.all([db.close(), db.close()])
    expect([(await endless).code, (await next).code]).toEqual(['closed', 'closed'])
  }, 20_000)

  it('refuses a write and a syntax error, and goes on', async () => {
    await using db = await deriveState(log.slice(0, 100), wasm)
    expect((await rejected(db.query('DELETE FROM units'))).code).toBe('query-refused')
    expect((await rejected(db.query('SELEC 1'))).code).toBe('query-failed')
    const { rows } = await db.query<{ n: number }>('SELECT count(*) AS n FROM events')
    expect(rows[0]!.n).toBe(db.outcomes.applied)
  })
})
