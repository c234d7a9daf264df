import { describe, expect, it } from 'vitest'
import { MemoryHost } from '../test/memory-host.ts'
import { DbError } from '@foldb/abi'
import { gt } from './condition.ts'
import { defineReducer } from './define-reducer.ts'
import { bigint, boolean, bytea, doublePrecision, integer, smallint, text } from './field.ts'
import { reject } from './rejection.ts'
import { index, table } from './table.ts'

const tables = {
  units: table({
    columns: { id: integer(), x: integer(), y: integer(), hp: integer(), name: text().nullable() },
    primaryKey: ['id'],
    indexes: { cell: index(['x', 'y'], { unique: true, where: gt('hp', 0) }), row: index(['y']) },
  }),
  pairs: table({
    columns: { a: text(), b: integer(), big: bigint(), bytes: bytea(), ratio: doublePrecision() },
    primaryKey: ['a', 'b'],
  }),
}

type Run = (context: { args: Record<string, unknown>; db: never; message: never; entropy: never; log: never }) => unknown

/** A reducer with the one handler `run`, and a host for it. */
function rig(run: Run, params: Parameters<typeof defineReducer>[0]['messages'][string]['params'] = {}) {
  const reducer = defineReducer({ name: 'rig', version: '1.0.0', tables, messages: { run: { params, reduce: run } } })
  const host = new MemoryHost(reducer.manifest)
  const send = (...args: unknown[]): string =>
    reducer.reduce(JSON.stringify({ position: 4, sender: 'ada', time: 1700, kind: 'run', args }), host)
  return { reducer, host, send }
}

/** Runs one handler on typed tables and gives what it returned through `out`. */
function onTables<T>(use: (db: ReturnType<typeof typedDb>) => T): { value: T; host: MemoryHost; answer: string } {
  let value: T | undefined
  const { host, send } = rig(({ db }) => {
    value = use(db)
  })
  const answer = send()
  return { value: value as T, host, answer }
}
declare function typedDb(): Parameters<
  Parameters<typeof defineReducer<typeof tables, { run: {} }>>[0]['messages']['run']['reduce']
>[0]['db']

const unit = (id: number, x: number, y: number, hp = 5) => ({ id, x, y, hp, name: null })

describe('describe', () => {
  it('answers the manifest and calls nobody', () => {
    const { reducer } = rig(() => {})
    expect(JSON.parse(reducer.describe())).toMatchObject({
      name: 'rig',
      tables: [{ name: 'units' }, { name: 'pairs' }],
      genesis: [],
      verdict: '',
    })
  })
})

describe('a declaration', () => {
  it.each([
    ['params', { reduce: () => undefined }, 'message run: expected params, {} for none, got undefined'],
    ['reduce', { params: {} }, 'message run: expected a function reduce, got undefined'],
  ])('is refused without %s of a message kind', (_, handler, text) => {
    expect(() => defineReducer({ name: 'rig', version: '1.0.0', tables, messages: { run: handler as never } })).toThrow(text)
  })
})

describe('db', () => {
  it('writes requests as the JSON world has them', () => {
    const { host } = onTables((db) => {
      db.units.insert({ id: 1, x: 2, y: 3, hp: 4 })
      db.units.put({ id: 1, x: 2, y: 3, hp: 4, name: 'ü' })
      db.units.get(1)
      db.pairs.delete('q', 2)
      db.units.by.cell.get(2, 3)
      db.units.by.row.scan({ after: [1], to: [9], limit: 3, descending: true })
      db.pairs.scan({ from: ['a', 1], before: ['b'] })
      db.pairs.scan()
    })
    expect(host.requests).toEqual([
      '["insert","units",[1,2,3,4,null]]',
      '["put","units",[1,2,3,4,"ü"]]',
      '["get","units",[1]]',
      '["delete","pairs",["q",2]]',
      '["scan","units","units_cell",{"lower":["inclusive",[2,3]],"upper":["inclusive",[2,3]],"limit":1,"descending":false}]',
      '["scan","units","units_row",{"lower":["exclusive",[1]],"upper":["inclusive",[9]],"limit":3,"descending":true}]',
      '["scan","pairs","",{"lower":["inclusive",["a",1]],"upper":["exclusive",["b"]],"limit":0,"descending":false}]',
      '["scan","pairs","",{"lower":null,"upper":null,"limit":0,"descending":false}]',
    ])
  })

  it('gives rows as objects, and undefined for none', () => {
    const { value } = onTables((db) => {
      db.units.insert(unit(7, 1, 2))
      return [db.units.get(7), db.units.get(8), db.units.has(7), db.units.has(8), db.units.by.cell.get(1, 2), db.units.by.cell.get(9, 9)]
    })
    expect(value).toEqual([unit(7, 1, 2), undefined, true, false, unit(7, 1, 2), undefined])
  })

  it('reads by primary key, by index, by prefix, in ranges, backwards and with a limit', () => {
    const { value } = onTables((db) => {
      for (const [id, x, y] of [
        [1, 0, 5],
        [2, 1, 5],
        [3, 0, 6],
        [4, 2, 7],
      ] as const)
        db.units.insert(unit(id, x, y))
      for (const [a, b] of [
        ['k', 1],
        ['k', 2],
        ['m', 1],
      ] as const)
        db.pairs.insert({ a, b, big: b, bytes: new Uint8Array(), ratio: 0.5 })
      const ids = (rows: readonly { id: number }[]): number[] => rows.map(({ id }) => id)
      return [
        ids(db.units.scan()),
        ids(db.units.scan({ descending: true, limit: 2 })),
        ids(db.units.scan({ after: [1], before: [4] })),
        ids(db.units.by.row.all(5)),
        ids(db.units.by.cell.all(0)),
        ids(db.units.by.row.scan({ from: [6] })),
        db.pairs.all('k').map(({ b }) => b),
      ]
    })
    expect(value).toEqual([
      [1, 2, 3, 4],
      [4, 3],
      [2, 3],
      [1, 2],
      [1, 3],
      [3, 4],
      [1, 2],
    ])
  })

  it('refuses a range with two lower or two upper bounds', () => {
    expect(() => onTables((db) => db.units.scan({ from: [1], after: [1] }))).toThrow('expected from or after, got both')
    expect(() => onTables((db) => db.units.scan({ to: [1], before: [1] }))).toThrow('expected to or before, got both')
  })

  it('updates a row that was read, and gives the new one', () => {
    const { value, host } = onTables((db) => {
      db.units.insert(unit(7, 1, 2))
      return db.units.update(db.units.get(7)!, { hp: 1 })
    })
    expect(value).toEqual({ ...unit(7, 1, 2), hp: 1 })
    expect(host.rows('units')).toEqual([[7, 1, 2, 1, null]])
  })

  it('deletes, and says whether there was a row', () => {
    const { value } = onTables((db) => {
      db.units.insert(unit(7, 1, 2))
      return [db.units.delete(7), db.units.delete(7)]
    })
    expect(value).toEqual([true, false])
  })

  it('reads large integers as bigint, small ones as numbers, and bytes and floats whole', () => {
    const row = { a: 'k', b: 1, big: 2n ** 62n, bytes: new Uint8Array([1, 2, 255]), ratio: -Infinity }
    const { value } = onTables((db) => {
      db.pairs.insert(row)
      db.pairs.insert({ ...row, b: 2, big: 5n, ratio: 0.25 })
      return db.pairs.scan()
    })
    expect(value).toEqual([row, { ...row, b: 2, big: 5, ratio: 0.25 }])
  })

  it('throws a refused operation as a DbError that may be caught', () => {
    const { value, answer } = onTables((db) => {
      db.units.insert(unit(1, 0, 0))
      try {
        db.units.insert(unit(2, 0, 0))
        return undefined
      } catch (error) {
        return error
      }
    })
    expect(DbError.is(value) && [value.sqlstate, value.constraint]).toEqual(['23505', 'units_cell'])
    expect(answer).toBe('null')
  })
})

describe('reduce', () => {
  it('hands over arguments by name and the message', () => {
    let seen: unknown
    const { send } = rig(
      ({ args, message }) => {
        seen = { args, message }
      },
      { n: integer(), big: bigint(), note: text().nullable(), raw: bytea(), on: boolean(), r: doublePrecision() },
    )
    expect(send(5, { $integer: '9223372036854775807' }, null, { $bytes: 'AQI=' }, true, 1.5)).toBe('null')
    expect(seen).toEqual({
      args: { n: 5, big: 9223372036854775807n, note: null, raw: new Uint8Array([1, 2]), on: true, r: 1.5 },
      message: { position: 4, sender: 'ada', time: 1700, kind: 'run' },
    })
  })

  it('answers a rejection with code and text', () => {
    expect(rig(() => reject('too-far', 'six cells')).send()).toBe('["reject","too-far","six cells"]')
    expect(rig(() => reject('too-far')).send()).toBe('["reject","too-far",""]')
  })

  it.each(['', 'Too-Far', 'a b', 'x'.repeat(65), 'ü'])('traps on the rejection code %o', (code) => {
    const { send, host } = rig(() => reject(code))
    expect(() => send()).toThrow('expected a code of 1 to 64 characters')
    expect(host.logged[0]).toMatchObject(['error', expect.stringContaining('TypeError: expected a code')])
  })

  it('rejects what the engine refused and nobody caught', () => {
    const { send } = rig(
      ({ db }) =>
        (db as ReturnType<typeof typedDb>).units.by.cell.get(1, 2) ??
        ['insert', 'insert'].forEach(() => (db as ReturnType<typeof typedDb>).units.insert(unit(1, 1, 2))),
    )
    expect(send()).toBe('["reject","sql-23505","units_pkey"]')
  })

  it('writes a SQLSTATE in lower case', () => {
    const { reducer } = rig(({ db }) => (db as ReturnType<typeof typedDb>).units.insert(unit(1, 1, 2)))
    const host = { call: () => '["error","22P02",""]', entropy: () => new Uint8Array(), log: () => {} }
    expect(reducer.reduce('{"position":1,"sender":"a","time":0,"kind":"run","args":[]}', host)).toBe('["reject","sql-22p02",""]')
  })

  it.each([
    ['integer', integer(), 2 ** 31, 2 ** 31 - 1],
    ['integer', integer(), -(2 ** 31) - 1, -(2 ** 31)],
    ['integer', integer(), { $integer: '9223372036854775807' }, 0],
    ['smallint', smallint(), 32_768, 32_767],
    ['smallint', smallint(), -32_769, -32_768],
  ])('rejects an argument that does not fit %s', (_, field, outside, inside) => {
    const { send } = rig(() => {}, { n: field })
    expect(JSON.parse(send(outside))).toEqual(['reject', 'out-of-range', expect.stringContaining('n: expected a whole number from')])
    expect(send(inside)).toBe('null')
    expect(rig(() => {}, { n: field.nullable() }).send(null)).toBe('null')
  })

  it('logs any other error and throws it again, which traps', () => {
    const { send, host } = rig(() => {
      throw new RangeError('boom')
    })
    expect(() => send()).toThrow('boom')
    expect(host.logged).toEqual([['error', expect.stringMatching(/^RangeError: boom\n/)]])
    const odd = rig(() => {
      throw 'text' // oxlint-disable-line no-throw-literal
    })
    expect(() => odd.send()).toThrow('text')
    expect(odd.host.logged).toEqual([['error', 'thrown: text']])
  })

  it('traps on a handler that answers a promise or a value', () => {
    expect(() => rig(async () => {}).send()).toThrow('a reducer is synchronous')
    expect(() => rig(() => 1).send()).toThrow('expected a handler that returns nothing')
  })

  it('gives dice and a log', () => {
    const { send, host } = rig(({ entropy, log }) => {
      const tools = { entropy, log } as unknown as {
        entropy: { int(a: number, b: number): number }
        log: Record<string, (text: string) => void>
      }
      for (const level of ['debug', 'info', 'warn', 'error']) tools.log[level]!(`rolled ${tools.entropy.int(1, 20)}`)
    })
    host.stream = [4, 19]
    send()
    expect(host.logged).toEqual([
      ['debug', 'rolled 5'],
      ['info', 'rolled 20'],
      ['warn', 'rolled 5'],
      ['error', 'rolled 20'],
    ])
  })

  it('keeps the tables of a message out of reach when it has ended', () => {
    let kept: ReturnType<typeof typedDb> | undefined
    rig(({ db }) => {
      kept = db
    }).send()
    expect(() => kept!.units.get(1)).toThrow('db, entropy and log belong to their message')
  })
})

describe('init', () => {
  const reducer = defineReducer({
    name: 'game',
    version: '1.0.0',
    tables,
    genesis: { size: smallint(), owner: text() },
    init({ args, db, log }) {
      if (args.size < 1) reject('no-board')
      log.info(args.owner)
      db.units.insert(unit(1, args.size, args.size))
    },
    messages: {},
  })

  it('runs on the genesis arguments', () => {
    const host = new MemoryHost(reducer.manifest)
    expect(reducer.init('[8,"ada"]', host)).toBe('null')
    expect(host.rows('units')).toEqual([[1, 8, 8, 5, null]])
    expect(host.logged).toEqual([['info', 'ada']])
  })

  it('may refuse them', () => {
    expect(reducer.init('[0,"ada"]', new MemoryHost(reducer.manifest))).toBe('["reject","no-board",""]')
  })

  it('may be missing', () => {
    expect(rig(() => {}).reducer.init('[]', new MemoryHost(reducer.manifest))).toBe('null')
  })
})
