/**
 * Makes template/template.tar.gz: the data directory that every database of this package starts from. Run by `pnpm template`; with
 * `--check` it only says whether the one that is there is the same.
 *
 * Clock and entropy are pinned while it is made and the archive has no times, so the same PGlite gives the same bytes.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { gunzipSync, gzipSync } from 'node:zlib'
import { writeTar } from './write-tar.ts'
import { pinEntropy } from './pin-entropy.ts'

pinEntropy()
const { PGlite } = await import('@electric-sql/pglite')

const DATA = '/pglite/data'

/** Written into postgresql.conf: small, silent, without a clock of its own, and every setting that could change an answer. */
const SETTINGS = [
  'shared_buffers=4MB',
  'wal_buffers=64kB',
  'max_wal_size=4MB',
  'min_wal_size=2MB',
  'wal_level=minimal',
  'max_wal_senders=0',
  'max_connections=5',
  'autovacuum=off',
  'track_activities=off',
  'track_counts=off',
  'log_startup_progress_interval=0',
  'jit=off',
  'max_parallel_workers_per_gather=0',
  'work_mem=4MB',
  'hash_mem_multiplier=2',
  'random_page_cost=4',
  'plan_cache_mode=auto',
  'TimeZone=UTC',
  'DateStyle=ISO,MDY',
  'IntervalStyle=postgres',
  'extra_float_digits=1',
  'bytea_output=hex',
  'xmlbinary=base64',
  'standard_conforming_strings=on',
  'row_security=on',
  'default_transaction_isolation=read committed',
  'session_replication_role=origin',
]

/** Volatile functions that change nothing and wait for nothing; all others are taken from everybody but the owner. */
const HARMLESS = [
  'array_sample',
  'array_shuffle',
  'clock_timestamp',
  'gen_random_uuid',
  'pg_database_size',
  'pg_indexes_size',
  'pg_relation_size',
  'pg_table_size',
  'pg_total_relation_size',
  'random',
  'random_normal',
  'timeofday',
  'uuidv4',
  'uuidv7',
]

/** Functions that are not volatile by name, yet leave something behind: they take a transaction id. */
const LEAVE_TRACES = ['pg_current_xact_id', 'txid_current']

const ROLES = [
  'create role foldb_reader nologin',
  'create role foldb_views nologin',
  'revoke all on schema public from public',
  'revoke all on database postgres from public',
  'grant usage on schema public to foldb_reader, foldb_views',
  'alter default privileges for role postgres in schema public grant select on tables to foldb_reader, foldb_views',
]

const LEAN = [
  'alter database template0 is_template false',
  'alter database template1 is_template false',
  'drop database template0',
  'drop database template1',
  'vacuum full',
  'vacuum analyze',
  'checkpoint',
]

const pg = await PGlite.create({
  initDbStartParams: ['--wal-segsize=1', '--no-sync', ...SETTINGS.flatMap((setting) => ['-c', setting])],
})
for (const statement of ROLES) await pg.exec(statement)
const { rows } = await pg.query<{ name: string; signature: string; volatile: boolean }>(
  `select proname as name, oid::regprocedure::text as signature, provolatile = 'v' as volatile
   from pg_proc where prokind in ('f', 'p') and pronamespace = 'pg_catalog'::regnamespace order by oid`,
)
const revoked = rows.filter((f) => (f.volatile ? !HARMLESS.includes(f.name) : LEAVE_TRACES.includes(f.name)))
await pg.exec(`revoke execute on routine ${revoked.map((f) => f.signature).join(', ')} from public`)
for (const statement of LEAN) await pg.exec(statement)

const files = new Map<string, Uint8Array | null>()
const { FS } = pg.Module
const walk = (path: string): void => {
  for (const name of FS.readdir(DATA + path).sort()) {
    if (name === '.' || name === '..' || name === 'postmaster.pid' || name === 'postmaster.opts') continue
    const inner = `${path}/${name}`
    const isDirectory = FS.isDir(FS.stat(DATA + inner).mode)
    files.set(inner, isDirectory ? null : FS.readFile(DATA + inner))
    if (isDirectory) walk(inner)
  }
}
// Only what a clean shutdown leaves is a template: another state would be recovered at every start.
const filesystem = pg.fs
if (filesystem === undefined) throw new Error('expected a started PGlite to have a file system')
filesystem.closeFs = async () => walk('')
await pg.close()

const tar = writeTar(files)
const digest = createHash('sha256').update(tar).digest('hex')
const template = new URL('../template/template.tar.gz', import.meta.url)
if (process.argv.includes('--check')) {
  const kept = createHash('sha256')
    .update(gunzipSync(readFileSync(template)))
    .digest('hex')
  if (kept !== digest) throw new Error(`expected template.tar.gz to unpack to sha256:${digest}, got sha256:${kept}; run pnpm template`)
} else {
  mkdirSync(new URL('.', template), { recursive: true })
  writeFileSync(template, gzipSync(tar, { level: 9 }))
}
console.log(`${files.size} files, ${tar.length} bytes, sha256:${digest} (${revoked.length} functions revoked)`)
process.exit(0)
