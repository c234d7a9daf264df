/** The mirror in another thread. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { MessageChannel } from 'node:worker_threads'
import type { RowChange } from '@foldb/derivation-core'
import { describe, expect, it } from 'vitest'
import { type ConnectedMirror, connectMirror } from '../src/connect-mirror.ts'
import type { MirrorOptions } from '../src/mirror-database.ts'
import { openMirrorWorker } from '../src/open-mirror-worker.ts'
import { serveMirror } from '../src/serve-mirror.ts'
import { units } from './tables.ts'

const unit = (id: number, name: string): RowChange => ({ table: 0, key: [id], row: [id, name, null, 10] })

/** Both ends in this thread. */
function pair(options: MirrorOptions): ConnectedMirror {
  const { port1, port2 } = new MessageChannel()
  serveMirror(port2)
  return connectMirror(port1, options, {
    ended: async () => {
      port1.close()
    },
  })
}

describe('connectMirror', () => {
  it('takes changes and queries before PostgreSQL has started', async () => {
    await using mirror = pair({ tables: [units], views: [{ name: 'names', query: 'select name from units' }] })
    mirror.apply([unit(1, 'ann')], 1)
    const first = mirror.query('select * from names')
    mirror.apply([unit(2, 'bob')], 2)
    const second = mirror.query('select count(*) from units')
    expect((await first).rows).toEqual([['ann']])
    expect((await second).rows).toEqual([[2]])
    expect(mirror.position).toBe(2)
    await mirror.ready
  })

  it('carries errors across with code, text and fields', async () => {
    await using mirror = pair({ tables: [units] })
    await expect(mirror.query('delete from units')).rejects.toMatchObject({
      name: 'FoldbError',
      code: 'query-refused',
      fields: { sqlstate: '25006' },
    })
    await expect(mirror.query('select nope')).rejects.toMatchObject({ code: 'query-failed', fields: { sqlstate: '42703', character: 8 } })
    await expect(mirror.query('select $1::text', [() => 1])).rejects.toMatchObject({ code: 'bad-parameter' })
    expect((await mirror.query('select 1')).rows).toEqual([[1]])
  })

  it('carries values across', async () => {
    await using mirror = pair({ tables: [] })
    const { rows } = await mirror.query("select $1::int8, '\\x01'::bytea, '[1]'::jsonb", [2n ** 60n])
    expect(rows).toEqual([[2n ** 60n, Uint8Array.of(1), [1]]])
  })

  it('tells of a bad view when it is ready, and at every query', async () => {
    await using mirror = pair({ tables: [units], views: [{ name: 'bad', query: 'delete from units' }] })
    await expect(mirror.ready).rejects.toMatchObject({ name: 'FoldbError', code: 'bad-view', fields: { view: 'bad' } })
    await expect(mirror.query('select 1')).rejects.toMatchObject({ code: 'bad-view' })
    expect(() => mirror.apply([], 1)).toThrow('bad view')
  })

  it('is broken for good when a batch is not taken', async () => {
    await using mirror = pair({ tables: [units] })
    mirror.apply([{ table: 0, key: [1], row: [1, null, null, 1] }], 1)
    await expect(mirror.query('select 1')).rejects.toMatchObject({ name: 'Fault', code: 'mirror-failed' })
    await expect(mirror.query('select 1')).rejects.toMatchObject({ name: 'Fault', code: 'mirror-failed' })
  })

  it('is broken for good when a row cannot be encoded', async () => {
    await using mirror = pair({ tables: [units] })
    mirror.apply([{ table: 0, key: [1], row: ['x', 'y', null, 1] }], 1)
    await expect(mirror.query('select 1')).rejects.toMatchObject({ name: 'Fault', code: 'bad-mirror-value' })
    await expect(mirror.query('select 1')).rejects.toMatchObject({ code: 'bad-mirror-value' })
  })

  it('keeps changes back while many batches are on their way', async () => {
    await using mirror = pair({ tables: [units] })
    for (let round = 0; round < 8; round++) {
      mirror.apply(
        Array.from({ length: 10_000 }, (_, id) => unit(id, `round ${round}`)),
        round,
      )
    }
    expect((await mirror.query('select count(*), min(name) from units')).rows).toEqual([[10_000, 'round 7']])
    mirror.apply([unit(1, 'last')], 9)
    expect((await mirror.query('select name from units where id = 1')).rows).toEqual([['last']])
  })

  it('answers nothing once it is closed, and may be closed twice', async () => {
    const mirror = pair({ tables: [units] })
    const waiting = mirror.query('select 1')
    await Promise.all([mirror[Symbol.asyncDispose](), mirror[Symbol.asyncDispose]()])
    expect((await waiting).rows).toEqual([[1]])
    await expect(mirror.query('select 1')).rejects.toMatchObject({ code: 'mirror-closed' })
    expect(() => mirror.apply([], 1)).toThrow('closed')
  })

  it('fails what waits when its owner saw the worker die', async () => {
    await using mirror = pair({ tables: [units] })
    const waiting = mirror.query('select 1')
    mirror.fail(new Error('killed'))
    await expect(waiting).rejects.toMatchObject({ name: 'Fault', code: 'mirror-failed', message: expect.stringContaining('killed') })
    await expect(mirror.query('select 1')).rejects.toMatchObject({ code: 'mirror-failed' })
  })

  it('answers a write before the opening, and what breaks in a strange way, with a fault', async () => {
    const { port1, port2 } = new MessageChannel()
    serveMirror(port2)
    const answers: unknown[] = []
    const two = new Promise<void>((resolve) => {
      port1.on('message', (answer) => {
        if (answers.push(answer) === 2) resolve()
      })
    })
    port1.postMessage({ kind: 'query', id: 1, text: 'select 1', params: [] })
    port1.postMessage({ kind: 'open', id: 2, options: {} })
    await two
    port1.close()
    expect(answers).toMatchObject([
      { kind: 'failed', id: 1, error: { fault: true, code: 'mirror-failed' } },
      { kind: 'failed', id: 2, error: { fault: true, code: 'mirror-failed' } },
    ])
  })
})

describe('openMirrorWorker', () => {
  it('is there before PostgreSQL is, and survives what overflows a small stack', async () => {
    await using mirror = await openMirrorWorker({ tables: [units] })
    mirror.apply([unit(1, 'ann')], 1)
    expect((await mirror.query('select name from units')).rows).toEqual([['ann']])
    await expect(mirror.query(`select 1${'+1'.repeat(60_000)}`)).rejects.toMatchObject({
      code: 'query-failed',
      fields: { sqlstate: '54001' },
    })
    expect((await mirror.query('select name from units')).rows).toEqual([['ann']])
  })

  it('is ended by a query that takes too long', async () => {
    await using mirror = await openMirrorWorker({ tables: [], queryTimeoutMs: 300 })
    expect((await mirror.query('select 1')).rows).toEqual([[1]])
    const endless = mirror.query('select count(*) from generate_series(1, 100000000000)')
    await expect(endless).rejects.toMatchObject({ name: 'Fault', code: 'query-timeout', fields: { timeoutMs: 300 } })
    await expect(mirror.query('select 1')).rejects.toMatchObject({ code: expect.stringMatching(/query-timeout|mirror-closed/) })
  })

  it.each([
    ['somebody forgot to close it', ''],
    ['it was closed', 'await mirror[Symbol.asyncDispose]()'],
    ['it was never used', '', ''],
  ])('lets the process end when %s', async (_, end, query = "console.log((await mirror.query('select 7')).rows[0][0])") => {
    const script = `
      const { openMirrorWorker } = await import('@foldb/pglite-store')
      const mirror = await openMirrorWorker({ tables: [] })
      await mirror.ready
      ${query}
      ${end}`
    const { stdout } = await promisify(execFile)(process.execPath, ['--conditions=@foldb/source', '--input-type=module', '-e', script], {
      cwd: new URL('..', import.meta.url),
      timeout: 30_000,
    })
    expect(stdout.trim()).toBe(query === '' ? '' : '7')
  })
})
