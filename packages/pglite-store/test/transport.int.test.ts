/** What happens when the engine under PostgreSQL breaks. */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { Fault } from '@foldb/abi'
import { describe, expect, it } from 'vitest'
import { openMirror } from '../src/mirror.ts'
import { openPostgres } from '../src/open-postgres.ts'
import type { PostgresModule } from '../src/postgres-module.ts'
import { Transport } from '../src/transport.ts'

describe('a broken engine', () => {
  it('is a fault at once and ever after', async () => {
    await using mirror = await openMirror({ tables: [] })
    const deep = `select 1${'+1'.repeat(60_000)}`
    await expect(mirror.query(deep)).rejects.toMatchObject({ name: 'Fault', code: 'postgres-died' })
    await expect(mirror.query('select 1')).rejects.toMatchObject({ name: 'Fault', code: 'postgres-died' })
  })

  it('is told from an error of PostgreSQL', async () => {
    await using postgres = await openPostgres()
    expect(() => postgres.client.run('select 1/0')).toThrow(expect.objectContaining({ name: 'PgError', sqlstate: '22012' }) as Error)
    expect(postgres.client.run('select 1').rows).toHaveLength(1)
  })

  it('is whatever the module throws', () => {
    const module: PostgresModule = {
      HEAPU8: new Uint8Array(0),
      stackSave: () => 0,
      stackRestore: () => undefined,
      addFunction: () => 0,
      _pgl_set_rw_cbs: () => undefined,
      _pq_buffer_remaining_data: () => 0,
      _PostgresMainLoopOnce: () => {
        throw new WebAssembly.RuntimeError('unreachable')
      },
      _PostgresMainLongJmp: () => undefined,
      _PostgresSendReadyForQueryIfNecessary: () => undefined,
      _pgl_pq_flush: () => undefined,
      _IsTransactionBlock: () => 0,
      _GetUserId: () => 10,
      _SetUserIdAndSecContext: () => undefined,
    }
    expect(() => new Transport(module).send(Uint8Array.of(1))).toThrow(Fault)
  })
})

describe('the template', () => {
  it('is what its script makes, byte by byte', async () => {
    const script = fileURLToPath(new URL('../scripts/make-template.ts', import.meta.url))
    const { stdout } = await promisify(execFile)(process.execPath, [script, '--check'])
    expect(stdout).toMatch(/^400 files, 12720128 bytes, sha256:/)
  })

  it('pins every setting that could change an answer or keep a process alive', async () => {
    await using mirror = await openMirror({ tables: [] })
    const wanted = {
      DateStyle: 'ISO, MDY',
      IntervalStyle: 'postgres',
      TimeZone: 'UTC',
      autovacuum: 'off',
      bytea_output: 'hex',
      extra_float_digits: '1',
      fsync: 'off',
      jit: 'off',
      log_startup_progress_interval: '0',
      max_parallel_workers_per_gather: '0',
      search_path: 'public',
      server_encoding: 'UTF8',
      standard_conforming_strings: 'on',
      track_counts: 'off',
    }
    const { rows } = await mirror.query('select name, setting from pg_settings where name = any($1)', [Object.keys(wanted)])
    expect(Object.fromEntries(rows)).toEqual(wanted)
  })

  it('orders text by its bytes', async () => {
    await using mirror = await openMirror({ tables: [] })
    const texts = ['a', 'B', 'ä', '\u{1f600}', '\ue000', 'Z', '']
    const { rows } = await mirror.query('select t from unnest($1::text[]) t order by t', [texts])
    expect(rows.map(([text]) => text)).toEqual(texts.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))))
  })
})
