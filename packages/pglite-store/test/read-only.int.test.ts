/** No query changes what a later one sees, whatever it tries. */
import { FoldbError } from '@foldb/abi'
import type { RelationalMirror } from '@foldb/derivation-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openMirror } from '../src/mirror.ts'
import { units } from './tables.ts'

let mirror: RelationalMirror
let before: string

const STATE = [
  'select * from units order by id',
  'select name, setting from pg_settings order by name',
  'select relname, relnatts, relacl::text from pg_class order by oid',
  'select rolname, rolsuper from pg_roles order by oid',
  'select count(*) from pg_proc',
  'select count(*) from pg_prepared_statements',
  'select * from pg_listening_channels()',
  'select current_user, session_user, current_schemas(true)::text',
  'select pg_get_viewdef($$names$$::regclass)',
]

async function state(): Promise<string> {
  const parts: unknown[] = []
  for (const query of STATE) parts.push(await mirror.query(query))
  return JSON.stringify(parts)
}

beforeAll(async () => {
  mirror = await openMirror({ tables: [units], views: [{ name: 'names', query: 'select name from units' }] })
  mirror.apply(
    [
      { table: 0, key: [1], row: [1, 'ann', null, 1] },
      { table: 0, key: [2], row: [2, 'bob', 3, 2] },
    ],
    1,
  )
  before = await state()
})
afterAll(async () => mirror[Symbol.asyncDispose]())

/** Statements by the sqlstate of their refusal. */
const HOSTILE: Readonly<Record<string, readonly string[]>> = {
  '25006': [
    'insert into units values (9, $$x$$, 1, 1)',
    'update units set hp = 0',
    'delete from units',
    'truncate units',
    'merge into units using (values (1)) v(id) on units.id = v.id when matched then delete',
    'drop table units',
    'drop view names',
    'alter table units add column z int',
    'create table z (a int)',
    'create temp table z (a int)',
    'create temporary view z as select 1',
    "create function f() returns int language sql as 'select 1'",
    'create role evil superuser',
    'grant all on units to public',
    'do $$ begin perform 1; end $$',
    'copy units from stdin',
    'copy units to stdout',
    "copy units to '/tmp/units'",
    "copy (select 1) to program 'ls'",
    'vacuum',
    'vacuum full units',
    'analyze units',
    'checkpoint',
    'reindex table units',
    'cluster',
    'begin',
    'start transaction',
    'commit',
    'end',
    'rollback',
    'abort',
    'savepoint s',
    'release s',
    "prepare transaction 'x'",
    "set timezone = 'Asia/Tokyo'",
    'set local work_mem = 64',
    'set transaction read write',
    'set session characteristics as transaction read write',
    'set role postgres',
    'set session authorization postgres',
    'reset role',
    'reset all',
    'discard all',
    'deallocate all',
    'prepare p as select 1',
    'execute delete_0($1)',
    'declare c cursor with hold for select 1',
    'fetch c',
    'close all',
    'listen channel',
    'unlisten *',
    'notify channel',
    'lock table units',
    "load 'plpgsql'",
    'create extension plpgsql',
    "alter system set work_mem = '1GB'",
    'comment on table units is $$x$$',
    'refresh materialized view names',
    'call f()',
    ' /* a /* nested */ comment */ -- and a line\n delete from units',
    'with gone as (delete from units returning *) select * from gone',
    'explain analyze delete from units',
    'explain (analyze) insert into units values (9, $$x$$, 1, 1)',
    '(select * from units) for no key update',
    'select * from units for update',
    'select 1 into z',
  ],
  '42501': [
    'explain analyze create table z as select 1',
    "select set_config('timezone', 'Asia/Tokyo', false)",
    "select pg_catalog.set_config('transaction_read_only', 'off', true)",
    'select pg_terminate_backend(42)',
    'select pg_cancel_backend(pg_backend_pid())',
    'select pg_advisory_lock(1)',
    'select pg_try_advisory_xact_lock(1)',
    'select lo_create(0)',
    "select lo_import('/etc/passwd')",
    "select lo_from_bytea(0, '\\x00')",
    'select pg_sleep(1)',
    "select pg_notify('channel', 'x')",
    'select setseed(0.5)',
    "select nextval('pg_toast.x')",
    'select txid_current()',
    'select pg_current_xact_id()',
    "select query_to_xml('delete from units', true, true, '')",
    "select pg_read_file('PG_VERSION')",
    "select pg_ls_dir('.')",
    'select pg_stat_reset()',
    'select pg_reload_conf()',
    'select pg_switch_wal()',
    'select pg_export_snapshot()',
    "select pg_logical_emit_message(false, 'a', 'b')",
    "select ts_stat('select 1')",
    'select * from pg_authid',
    'table pg_shadow',
  ],
  '42601': ['select 1; delete from units', 'select 1; select 2', 'commit; delete from units'],
}

const cases = Object.entries(HOSTILE).flatMap(([sqlstate, statements]) => statements.map((text) => [text, sqlstate] as const))

describe('queries that are no reads', () => {
  it.each(cases)('refuses %s', async (text, sqlstate) => {
    const params = text.includes('$1)') ? [[1]] : []
    const error = (await mirror.query(text, params).then(
      () => undefined,
      (thrown: unknown) => thrown,
    )) as FoldbError
    expect(FoldbError.is(error)).toBe(true)
    expect([error.code, error.fields['sqlstate']]).toEqual(['query-refused', sqlstate])
    expect(await state()).toBe(before)
  })

  it('says what to do instead', async () => {
    await expect(mirror.query('delete from units')).rejects.toThrow(
      'query refused: delete is not a read (sqlstate 25006); only reads are answered; what changes state is a message of the log',
    )
    await expect(mirror.query('select 1; select 2')).rejects.toThrow('send one statement at a time')
  })
})

describe('queries that fail', () => {
  it.each([
    ['selec 1', '42601', 1],
    ['select * from nothing', '42P01', 15],
    ['select naem from units', '42703', 8],
    ['select 1/0', '22012', undefined],
    ['insert into units vales (1)', '42601', 19],
    ["select '\\x0'::bytea", '22023', 8],
  ])('tells where %s went wrong', async (text, sqlstate, character) => {
    const error = (await mirror.query(text).catch((thrown: unknown) => thrown)) as FoldbError
    expect([error.code, error.fields['sqlstate'], error.fields['character']]).toEqual(['query-failed', sqlstate, character])
    expect(await state()).toBe(before)
  })

  it.each([
    ['', 'an empty statement'],
    [' ; -- nothing', 'an empty statement'],
    ['select 1\0', 'U+0000'],
  ])('refuses the text %j', async (text, reason) => {
    await expect(mirror.query(text)).rejects.toMatchObject({ code: 'query-failed', message: expect.stringContaining(reason) })
  })

  it('counts parameters', async () => {
    await expect(mirror.query('select $1::int', [])).rejects.toThrow('expected 1 parameters, got 0')
    await expect(mirror.query('select 1', [1])).rejects.toThrow('expected 0 parameters, got 1')
  })

  it('gives at most the rows that were agreed on', async () => {
    await using small = await openMirror({ tables: [], rowsMax: 10 })
    expect((await small.query('select * from generate_series(1, 10)')).rows).toHaveLength(10)
    await expect(small.query('select * from generate_series(1, 11)')).rejects.toThrow('more than 10 rows (sqlstate 54000); add a LIMIT')
    expect((await small.query('select 1')).rows).toEqual([[1]])
  })

  it('drops an answer that is too long and goes on', async () => {
    await expect(mirror.query("select repeat('x', 1000000) from generate_series(1, 300)")).rejects.toMatchObject({
      code: 'query-failed',
      fields: { sqlstate: '54000' },
    })
    expect(await state()).toBe(before)
  })

  it('survives a query that wants more memory than there is', async () => {
    await expect(mirror.query("select length(repeat('x', 1000000000))")).rejects.toMatchObject({ fields: { sqlstate: '53200' } })
    expect(await state()).toBe(before)
  })
})

describe('queries that read', () => {
  it.each([
    ['explain (costs off) select * from units where id = 1', 'Index Scan using units_pkey on units'],
    ['with recursive t(n) as (values (1) union all select n + 1 from t where n < 5) select sum(n)::int from t', 15],
    ['(select name from names order by name desc limit 1)', 'bob'],
    ['table names', 'ann'],
    ['values (1), (2)', 1],
    ['show timezone', 'UTC'],
    ["select to_tsvector('english', 'cats')::text", "'cat':1"],
    ['select json_agg(u)->0->>$$name$$ from units u', 'ann'],
    ['select count(*) filter (where hp > 1) over () from units', 1],
    ["select regexp_replace('foo', 'o+', 'u')", 'fu'],
    ['select pg_typeof(now())::text', 'timestamp with time zone'],
    ["select '{1,2}'::int[] && array[2]", true],
  ])('answers %s', async (text, first) => {
    const { rows } = await mirror.query(text)
    expect(rows[0]?.[0]).toEqual(first)
    expect(await state()).toBe(before)
  })

  it('gives JavaScript values by type', async () => {
    const { columns, rows } = await mirror.query(
      `select 1::int2 a, 2 b, 3::int8 c, 9007199254740993 d, 0.5::float8 e, 1.50 f, true g, '\\x0aff'::bytea h, '{"a":[1]}'::jsonb i,
       null j, '2024-02-29'::date k, 'a1b2c3d4-0000-4000-8000-000000000000'::uuid l, array[1, null, 3] m, array['a,"b\\', ''] n,
       '2024-01-01T00:00:00.5Z'::timestamptz o, '{{1,2},{3,4}}'::int8[] p, '[0:1]={t,f}'::bool[] q, '1'::json r, 'x'::name s`,
    )
    expect(columns.join('')).toBe('abcdefghijklmnopqrs')
    expect(rows[0]).toEqual([
      1,
      2,
      3,
      9007199254740993n,
      0.5,
      '1.50',
      true,
      Uint8Array.of(10, 255),
      { a: [1] },
      null,
      '2024-02-29',
      'a1b2c3d4-0000-4000-8000-000000000000',
      [1, null, 3],
      ['a,"b\\', ''],
      '2024-01-01 00:00:00.5+00',
      [
        [1, 2],
        [3, 4],
      ],
      [true, false],
      1,
      'x',
    ])
  })

  it('takes parameters of every kind', async () => {
    const { rows } = await mirror.query(
      'select $1::int, $2::int8, $3::text, $4::bool, $5::bytea, $6::jsonb, $7::int[], $8::text[], $9::timestamptz, $10::float8, $11::text[], $12::jsonb',
      [1, 2n ** 62n, 'ü', true, Uint8Array.of(1, 2), { a: [1, null] }, [1, null], ['a"b\\', '{}'], new Date(0), Infinity, null, '"text"'],
    )
    expect(rows[0]).toEqual([
      1,
      2n ** 62n,
      'ü',
      true,
      Uint8Array.of(1, 2),
      { a: [1, null] },
      [1, null],
      ['a"b\\', '{}'],
      '1970-01-01 00:00:00+00',
      Infinity,
      null,
      'text',
    ])
  })

  it.each([
    ['undefined', undefined],
    ['a function', () => 1],
    ['an object where no JSON is wanted', {}],
    ['an array where none is wanted', [1]],
    ['an invalid date', new Date(Number.NaN)],
    ['half a character', '\ud800'],
  ])('refuses %s as a parameter', async (_, value) => {
    await expect(mirror.query('select $1::text', [value])).rejects.toMatchObject({ code: 'bad-parameter', fields: { parameter: 1 } })
    expect(await state()).toBe(before)
  })

  it('refuses a parameter without a JSON form', async () => {
    const cyclic: { self?: unknown } = {}
    cyclic.self = cyclic
    await expect(mirror.query('select $1::jsonb', [cyclic])).rejects.toMatchObject({ code: 'bad-parameter' })
    await expect(mirror.query('select $1::jsonb', [undefined])).rejects.toMatchObject({ code: 'bad-parameter' })
  })
})
