import { DbError, FoldbError, type Row, type Value } from '@foldb/abi'
import type { Call, Reducer, Tables } from '@foldb/derivation-core'
import { describe, expect, it } from 'vitest'
import { at, IMPORT, jsonGuest, place } from './support/guests.ts'
import { message, recordingHost, type TestHost } from './support/host.ts'
import { json, load } from './support/load.ts'

const RET = 256
const TRAPPED = { status: 'trapped', code: 'trap' }
const LOG_ANSWER = `(call $log (i32.const 1) (i32.load (i32.const ${RET})) (i32.load offset=4 (i32.const ${RET})))`

function reduce(reducer: Reducer, host: TestHost = recordingHost(), args: readonly Value[] = []): Call {
  return reducer.reduce(message(args, 'note'), host)
}

/** Sends one request to the tables and logs the answer. */
function asking(request: string | Uint8Array): Promise<Reducer> {
  return json((layout) => ({
    pages: 4,
    imports: IMPORT.json + IMPORT.log,
    reduce: `(call $call ${at(place(layout, request))} (i32.const ${RET})) ${LOG_ANSWER} (i32.const ${place(layout, 'null')})`,
  }))
}

async function ask(
  request: string | Uint8Array,
  tables: Partial<Tables> = {},
): Promise<{ outcome: Call['outcome']; answer: string | undefined; asked: unknown[][] }> {
  const host = recordingHost(tables)
  const { outcome } = reduce(await asking(request), host)
  return { outcome, answer: host.lines[0]?.[1], asked: host.asked }
}

const answering = (text: string | Uint8Array): Promise<Reducer> => json((layout) => ({ reduce: `(i32.const ${place(layout, text)})` }))

describe('a JSON reducer', () => {
  it('is described by its JSON', async () => {
    const reducer = await json()
    expect(reducer.manifest.tables[0]!.columns.map(({ type }) => type)).toEqual(['text', 'double-precision', 'bigint', 'bytea', 'boolean'])
    expect(reduce(reducer)).toEqual({ outcome: { status: 'applied' }, fuel: 0n })
  })

  it('is refused when its manifest is no manifest', async () => {
    await expect(jsonGuest('{"name":1}').then((bytes) => load(bytes))).rejects.toSatisfy(
      (error) => FoldbError.is(error) && error.code === 'bad-manifest',
    )
  })

  it('rejects with a code and a reason', async () => {
    expect(reduce(await answering('["reject","no-way","because \\ud800"]'))).toEqual({
      outcome: { status: 'rejected', code: 'no-way' },
      fuel: 0n,
      reason: 'because \uFFFD',
    })
    expect(reduce(await answering(' null ')).outcome).toEqual({ status: 'applied' })
  })

  it.each(['', 'true', '["reject","a"]', '["reject","a",1]', '["accept","a",""]', '["reject","A",""]', '{}', 'nul', '\uFEFFnull'])(
    'traps when it answers %j',
    async (text) => {
      expect(reduce(await answering(text)).outcome).toEqual(TRAPPED)
    },
  )

  it('traps when its answer is not UTF-8', async () => {
    expect(reduce(await answering(Uint8Array.of(0x22, 0xff, 0x22))).outcome).toEqual(TRAPPED)
  })

  it('gets messages and arguments as one text', async () => {
    const reducer = await json((layout) => ({
      imports: IMPORT.log,
      init: `(call $log (i32.const 1) (local.get $text) (local.get $length)) (i32.const ${place(layout, 'null')})`,
      reduce: `(call $log (i32.const 1) (local.get $text) (local.get $length)) (i32.const ${place(layout, 'null')})`,
    }))
    const host = recordingHost()
    reducer.init([5], host)
    reducer.reduce({ position: 7, sender: 'a"é', time: 12, kind: 'note', args: [1e21, '\u2028\u007f\n\u0001'] }, host)
    reducer.reduce({ position: 8, sender: '', time: 0, kind: 'note', args: [null, null] }, host)
    expect(host.lines.map(([, text]) => text)).toEqual([
      '[5.0]',
      '{"position":7,"sender":"a\\"é","time":12,"kind":"note","args":[1e+21,"\u2028\u007f\\n\\u0001"]}',
      '{"position":8,"sender":"","time":0,"kind":"note","args":[null,null]}',
    ])
  })
})

describe('requests of the JSON world', () => {
  it('carry values by their JSON', async () => {
    const { asked, outcome } = await ask(
      '["insert","notes",[null,true,5,5.0,-0.0,0.5,9007199254740993,{"$integer":"9007199254740993"},{"$integer":"-9223372036854775808"},{"$integer":"7"},{"$bytes":"AP8="},{"$float":"NaN"},{"$float":"-Infinity"},"a\\u0000\\ud83d\\ude00",1e400]]',
    )
    expect(outcome.status).toBe('applied')
    expect(asked).toEqual([
      [
        'insert',
        'notes',
        [
          null,
          true,
          5,
          5,
          0,
          0.5,
          9007199254740992,
          9007199254740993n,
          -9223372036854775808n,
          7,
          Uint8Array.of(0, 255),
          NaN,
          -Infinity,
          'a\0😀',
          Infinity,
        ],
      ],
    ])
  })

  it('leave a lone surrogate to the tables, which refuse it', async () => {
    const { asked } = await ask('["get","notes",["\\ud800"]]')
    expect(asked).toEqual([['get', 'notes', ['\ud800']]])
  })

  it('are answered with the row as the columns have it', async () => {
    const row: Row = ['k', 5, 9007199254740993n, Uint8Array.of(1), null]
    expect((await ask('["get","notes",["k"]]', { get: () => row })).answer).toBe(
      '["ok",["k",5.0,{"$integer":"9007199254740993"},{"$bytes":"AQ=="},null]]',
    )
    expect((await ask('["get","notes",["k"]]', { get: () => ['k', NaN, 9007199254740991, null, true] })).answer).toBe(
      '["ok",["k",{"$float":"NaN"},9007199254740991,null,true]]',
    )
    expect((await ask('["get","notes",["k"]]', { get: () => ['k', -Infinity, 1, null, false] })).answer).toBe(
      '["ok",["k",{"$float":"-Infinity"},1,null,false]]',
    )
    expect((await ask('["get","notes",["k"]]', { get: () => ['k', 1e300, 1, null, false] })).answer).toBe(
      '["ok",["k",1e+300,1,null,false]]',
    )
    expect((await ask('["get","notes",["k"]]')).answer).toBe('["ok",null]')
  })

  it('insert, put and delete', async () => {
    expect((await ask('["insert","notes",["k"]]')).answer).toBe('["ok",null]')
    expect((await ask('["put","notes",["k"]]')).asked).toEqual([['put', 'notes', ['k']]])
    expect((await ask('["delete","notes",["k"]]', { delete: () => true })).answer).toBe('["ok",true]')
    expect((await ask('["delete","notes",["k"]]')).answer).toBe('["ok",false]')
  })

  it('scan', async () => {
    const { asked, answer } = await ask(
      '["scan","notes","",{"lower":["inclusive",[1]],"upper":["exclusive",[{"$integer":"2"}]],"limit":3,"descending":true}]',
      {
        scan: () => [
          ['a', 1, 2, null, null],
          ['b', 1.5, 2, null, null],
        ],
      },
    )
    expect(asked).toEqual([
      [
        'scan',
        'notes',
        '',
        { lower: { kind: 'inclusive', values: [1] }, upper: { kind: 'exclusive', values: [2] }, limit: 3, descending: true },
      ],
    ])
    expect(answer).toBe('["ok",[["a",1.0,2,null,null],["b",1.5,2,null,null]]]')
    expect((await ask('["scan","notes","",{"lower":null,"upper":null,"limit":0,"descending":false}]')).answer).toBe('["ok",[]]')
  })

  it('are refused as data', async () => {
    const get = (): never => {
      throw new DbError('23505', 'notes_pkey')
    }
    expect((await ask('["get","notes",["k"]]', { get })).answer).toBe('["error","23505","notes_pkey"]')
  })

  it.each([
    ['nothing', ''],
    ['no JSON', '["get","notes",["k"]'],
    ['a byte order mark', '\uFEFF["get","notes",["k"]]'],
    ['no array', '{"get":1}'],
    ['an unknown method', '["select","notes",["k"]]'],
    ['a method that objects have', '["constructor","notes",["k"]]'],
    ['too few items', '["get","notes"]'],
    ['too many items', '["get","notes",["k"],1]'],
    ['a table that is no text', '["get",1,["k"]]'],
    ['a key that is no array', '["get","notes","k"]'],
    ['a nested value', '["get","notes",[["k"]]]'],
    ['50 000 nested arrays', '['.repeat(50_000)],
    ['50 000 nested arrays that close', '["get","notes",' + '['.repeat(50_000) + ']'.repeat(50_000) + ']'],
    ['an unknown object', '["get","notes",[{"$date":"1"}]]'],
    ['an object of two', '["get","notes",[{"$integer":"1","$bytes":""}]]'],
    ['__proto__', '["get","notes",[{"__proto__":"1"}]]'],
    ['an integer beyond 64 bits', '["get","notes",[{"$integer":"9223372036854775808"}]]'],
    ['an integer with a leading zero', '["get","notes",[{"$integer":"01"}]]'],
    ['an integer as a number', '["get","notes",[{"$integer":1}]]'],
    ['base64 without padding', '["get","notes",[{"$bytes":"AP8"}]]'],
    ['base64 with unused bits', '["get","notes",[{"$bytes":"AP9="}]]'],
    ['base64 with blanks', '["get","notes",[{"$bytes":"AP 8="}]]'],
    ['base64url', '["get","notes",[{"$bytes":"_w=="}]]'],
    ['a float of another name', '["get","notes",[{"$float":"1"}]]'],
    ['a range that is no object', '["scan","notes","",null]'],
    ['a range with another key', '["scan","notes","",{"lower":null,"upper":null,"limit":0,"descending":false,"x":1}]'],
    ['a range without a limit', '["scan","notes","",{"lower":null,"upper":null,"descending":false}]'],
    ['a negative limit', '["scan","notes","",{"lower":null,"upper":null,"limit":-1,"descending":false}]'],
    ['a bound of no case', '["scan","notes","",{"lower":["open",[]],"upper":null,"limit":0,"descending":false}]'],
    ['a bound without values', '["scan","notes","",{"lower":["inclusive"],"upper":null,"limit":0,"descending":false}]'],
    ['an index that is no text', '["scan","notes",null,{"lower":null,"upper":null,"limit":0,"descending":false}]'],
  ])('trap when they hold %s', async (_, request) => {
    const { outcome, asked } = await ask(request)
    expect(outcome).toEqual(TRAPPED)
    expect(asked).toEqual([])
  })

  it('trap when they are not UTF-8, or over the limit', async () => {
    expect((await ask(Uint8Array.of(0x5b, 0x22, 0xff, 0x22, 0x5d))).outcome).toEqual(TRAPPED)
    const reducer = await json({
      pages: 80,
      imports: IMPORT.json,
      reduce: `(call $call (i32.const 0) (i32.const 4194305) (i32.const ${RET})) unreachable`,
    })
    expect(reduce(reducer)).toMatchObject({ reason: 'request: expected at most 4194304 bytes, got 4194305' })
  })

  it('trap when their answer is over the limit', async () => {
    const huge = 'x'.repeat(4_194_304)
    expect((await ask('["get","notes",["k"]]', { get: () => [huge] })).outcome).toEqual(TRAPPED)
  })
})
