/** A PGlite of one's own. */
import { gunzipSync, gzipSync } from 'node:zlib'
import type { FoldbError } from '@foldb/abi'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPGlite, type PGliteStore } from '../src/pglite-store.ts'
import { readTar } from '../src/read-tar.ts'

let db: PGliteStore
let dump: Uint8Array<ArrayBuffer>

beforeAll(async () => {
  db = await createPGlite()
  await db.execute("create table notes (id int primary key, body text); insert into notes values (1, 'a'), (2, null)")
  dump = await db.export()
})
afterAll(async () => db.close())

const count = async (): Promise<unknown> => (await db.query('select count(*) from notes'))[0]?.['count']

describe('createPGlite', () => {
  it('counts the rows that a statement touched', async () => {
    expect(await db.execute('insert into notes select g from generate_series(10, 14) g')).toBe(5)
    expect(await db.execute('update notes set body = $1 where id >= $2', ['x', 13])).toBe(2)
    expect(await db.execute('delete from notes where id = 10; delete from notes where id > 10')).toBe(5)
    expect(await db.execute('create table other (id int)')).toBe(0)
    expect(await db.execute('drop table other')).toBe(0)
  })

  it('gives rows by column name', async () => {
    expect(await db.query('select * from notes order by id')).toEqual([
      { id: 1, body: 'a' },
      { id: 2, body: null },
    ])
    const typed: { id: number }[] = await db.query<{ id: number }>('select id from notes where id = $1', [2])
    expect(typed).toEqual([{ id: 2 }])
    expect(await db.query('insert into notes values (9) returning id')).toEqual([{ id: 9 }])
    expect(await db.query('delete from notes where id = 9')).toEqual([])
    expect(await db.query('select 1 as "__proto__"')).toEqual([Object.fromEntries([['__proto__', 1]])])
  })

  it('undoes a transaction that is rolled back', async () => {
    await db.execute('begin; delete from notes; rollback')
    expect(await count()).toBe(2)
  })

  it('tells all that PostgreSQL says about an error', async () => {
    const error = (await db.execute('insert into notes values ($1)', [1]).catch((thrown: unknown) => thrown)) as FoldbError
    expect(error.code).toBe('statement-failed')
    expect(error.message).toBe(
      'statement failed: duplicate key value violates unique constraint "notes_pkey" (sqlstate 23505); Key (id)=(1) already exists.',
    )
    expect(error.fields).toEqual({ sqlstate: '23505', constraint: 'notes_pkey', detail: 'Key (id)=(1) already exists.' })
  })

  it.each([
    ['selec', [], '42601'],
    ['select 1; select 2', [1], '42601'],
    ['select $1::int', [1, 2], '07001'],
    ['select 1\0', [], '22021'],
    ['copy notes from stdin', [], '57014'],
    ['set role nobody', [], '22023'],
  ])('refuses %j with %j and goes on', async (sql, params, sqlstate) => {
    await expect(db.execute(sql, params)).rejects.toMatchObject({ code: 'statement-failed', fields: { sqlstate } })
    expect(await count()).toBe(2)
  })

  it('answers nothing once it is closed, and may be closed twice', async () => {
    const other = await createPGlite()
    await other.close()
    await other[Symbol.asyncDispose]()
    await expect(other.query('select 1')).rejects.toMatchObject({ code: 'store-closed' })
    await expect(other.export()).rejects.toMatchObject({ code: 'store-closed' })
  })
})

describe('dumps', () => {
  it('bring back all of a database', async () => {
    await db.execute('delete from notes; create table extra (id int)')
    await db.import(dump)
    expect(await count()).toBe(2)
    await expect(db.query('select * from extra')).rejects.toMatchObject({ fields: { sqlstate: '42P01' } })
    await using copy = await createPGlite({ dump })
    expect(await copy.query('select body from notes where id = 1')).toEqual([{ body: 'a' }])
  })

  it('are not made in the middle of a transaction', async () => {
    await db.execute('begin')
    await expect(db.export()).rejects.toMatchObject({ code: 'in-transaction' })
    await db.execute('rollback')
  })

  type Files = Map<string, Uint8Array>
  const changed = (change: (files: Files, archive: Uint8Array) => void): Uint8Array<ArrayBuffer> => {
    const archive = new Uint8Array(gunzipSync(dump))
    change(readTar(archive) as Files, archive)
    return new Uint8Array(gzipSync(archive, { level: 1 }))
  }
  const file = (files: Files, path: string): Uint8Array => files.get(path) as Uint8Array

  it.each<[string, () => Uint8Array<ArrayBuffer>, string]>([
    ['is empty', () => new Uint8Array(0), 'gzip stream'],
    ['is something else', () => new TextEncoder().encode('select 1'), 'gzip stream'],
    ['is cut off', () => dump.slice(0, dump.length - 100), 'truncated or damaged'],
    ['is cut off early', () => dump.slice(0, 5), 'truncated or damaged'],
    ['has a flipped bit', () => dump.map((byte, i) => (i === 100_000 ? byte ^ 1 : byte)), 'damaged'],
    ['has bytes behind its end', () => new Uint8Array(Buffer.concat([dump, Buffer.of(1)])), 'truncated or damaged'],
    ['is no archive', () => new Uint8Array(gzipSync('hello')), 'tar archive'],
    ['is an archive that is cut off', () => new Uint8Array(gzipSync(gunzipSync(dump).subarray(0, 1_000_000))), 'tar archive'],
    ['is an archive of nothing', () => new Uint8Array(gzipSync(new Uint8Array(1024))), 'PostgreSQL 18, got none'],
    ['is of another version', () => changed((files) => file(files, 'PG_VERSION').set([0x31, 0x37])), 'PostgreSQL 18, got 17'],
    ['has another pg_control', () => changed((files) => file(files, 'global/pg_control').fill(7, 8, 12)), 'pg_control version 1800'],
    ['has a damaged header', () => changed((_, archive) => archive.fill(0x41, 100, 104)), 'tar archive'],
    ['leads outside', () => changed((_, archive) => rename(archive, '/../../etc/passwd')), 'tar archive'],
    ['has a damaged pg_control', () => changed((files) => file(files, 'global/pg_control').fill(7, 60, 70)), 'does not start'],
    ['has a damaged catalog', () => changed((files) => wipe(files, 'base/5/')), 'does not start'],
    ['has a damaged log', () => changed((files) => wipe(files, 'pg_wal/')), 'does not start'],
  ])('that one %s is refused and changes nothing', async (_, make, reason) => {
    const error = (await db.import(make()).catch((thrown: unknown) => thrown)) as FoldbError
    expect(error.code).toBe('bad-dump')
    expect(error.message).toContain(reason)
    expect(await count()).toBe(2)
  })

  it('that unpack to too much are refused', async () => {
    await expect(createPGlite({ dump, dumpBytesMax: 1_000_000 })).rejects.toThrow('expected at most 1000000 bytes unpacked, got more')
  })
})

function wipe(files: ReadonlyMap<string, Uint8Array>, folder: string): void {
  for (const [path, bytes] of files) if (path.startsWith(folder) && /\d$/.test(path)) bytes.fill(0)
}

/** Gives the first entry another name and a checksum that fits. */
function rename(archive: Uint8Array, name: string): void {
  const header = archive.subarray(0, 512)
  header.fill(0, 0, 100)
  header.set(new TextEncoder().encode(name), 0)
  header.fill(0x20, 148, 156)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.set(new TextEncoder().encode(`${sum.toString(8).padStart(6, '0')}\0 `), 148)
}
