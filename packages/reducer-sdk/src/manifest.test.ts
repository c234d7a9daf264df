import { describe, expect, it } from 'vitest'
import { column, eq, gt, gte, isNotNull, isNull, lt, lte, ne } from './condition.ts'
import { bigint, boolean, bytea, date, doublePrecision, integer, jsonb, numeric, smallint, text, timestamptz, uuid } from './field.ts'
import { encodeManifest, manifestOf } from './manifest.ts'
import { index, references, table } from './table.ts'

const everything = table({
  columns: {
    id: integer(),
    a: boolean(),
    b: smallint(),
    c: bigint().nullable(),
    d: doublePrecision(),
    e: numeric(10, 2),
    f: text(),
    g: bytea(),
    h: uuid(),
    i: date(),
    j: timestamptz(),
    k: jsonb(),
  },
  primaryKey: ['id', 'f'],
  indexes: {
    part: index(['b', 'c'], { unique: true, where: [gt('b', 0), isNotNull('c')] }),
    plain: index(['d']),
  },
  checks: { order: [lte('b', column('id')), ne('f', 'x')], flag: eq('a', true) },
  foreignKeys: { parent: references(['b'], 'parents') },
})
const parents = table({ columns: { id: smallint() }, primaryKey: ['id'] })

const declared = {
  name: 'all',
  version: '1.2.3',
  tables: { everything, parents },
  views: { shown: 'SELECT 1' },
  genesis: { seed: bytea().nullable() },
  messages: { 'do-it': { params: { n: bigint(), r: doublePrecision(), t: text(), b: boolean() } }, stop: { params: {} } },
  verdict: 'parents',
}

describe('manifestOf', () => {
  it('numbers columns in declared order and names indexes, checks and references after their table', () => {
    const [first] = manifestOf(declared).tables
    expect(first!.columns.map(({ type }) => type)).toEqual([
      'integer',
      'boolean',
      'smallint',
      'bigint',
      'double-precision',
      { numeric: { precision: 10, scale: 2 } },
      'text',
      'bytea',
      'uuid',
      'date',
      'timestamptz',
      'jsonb',
    ])
    expect(first!.columns.filter(({ nullable }) => nullable).map(({ name }) => name)).toEqual(['c'])
    expect(first!.primaryKey).toEqual([0, 6])
    expect(first!.indexes).toEqual([
      {
        name: 'everything_part',
        columns: [2, 3],
        unique: true,
        where: [
          { column: 2, comparison: 'greater', operand: { constant: 0 } },
          { column: 3, comparison: 'is-not-null', operand: { constant: null } },
        ],
      },
      { name: 'everything_plain', columns: [4], unique: false, where: [] },
    ])
    expect(first!.checks).toEqual([
      {
        name: 'everything_order',
        all: [
          { column: 2, comparison: 'less-or-equal', operand: { column: 0 } },
          { column: 6, comparison: 'not-equal', operand: { constant: 'x' } },
        ],
      },
      { name: 'everything_flag', all: [{ column: 1, comparison: 'equal', operand: { constant: true } }] },
    ])
    expect(first!.foreignKeys).toEqual([{ name: 'everything_parent', columns: [2], references: 'parents' }])
  })

  it('gives parameters the five value types', () => {
    const { genesis, messages, views, verdict } = manifestOf(declared)
    expect(genesis).toEqual([{ name: 'seed', type: 'bytes', nullable: true }])
    expect(messages[0]!.params.map(({ name, type }) => `${name} ${type}`)).toEqual(['n integer', 'r float', 't text', 'b boolean'])
    expect(messages[1]).toEqual({ name: 'stop', params: [] })
    expect(views).toEqual([{ name: 'shown', query: 'SELECT 1' }])
    expect(verdict).toBe('parents')
  })

  it('writes every comparison', () => {
    const where = [lt('n', 1), gte('n', 2), isNull('n')]
    const { tables } = manifestOf({
      ...declared,
      verdict: '',
      tables: { t: table({ columns: { n: integer().nullable() }, primaryKey: ['n'], indexes: { i: index(['n'], { where }) } }) },
    })
    expect(tables[0]!.indexes[0]!.where.map(({ comparison }) => comparison)).toEqual(['less', 'greater-or-equal', 'is-null'])
  })

  it('refuses a column, a table, a verdict and a parameter that are not there', () => {
    const one =
      (changes: object): (() => unknown) =>
      () =>
        manifestOf({ ...declared, ...changes })
    const broken = (changes: object): (() => unknown) => one({ verdict: '', tables: { t: { ...parents, ...changes } } })
    expect(broken({ primaryKey: ['nobody'] })).toThrow('table t: expected one of its columns, got "nobody"')
    expect(broken({ foreignKeys: { up: references(['id'], 'nowhere') } })).toThrow(
      'expected up to refer to a declared table, got "nowhere"',
    )
    expect(one({ verdict: 'toString' })).toThrow('expected verdict to be a declared table, got "toString"')
    expect(one({ genesis: { day: date() } })).toThrow('genesis: "date" is a column type; declare parameter day as text()')
  })
})

describe('encodeManifest', () => {
  it('uses the names of the WIT, and cells for constants', () => {
    const manifest = manifestOf({
      ...declared,
      tables: {
        parents,
        t: table({
          columns: { id: bigint(), raw: bytea() },
          primaryKey: ['id'],
          checks: { big: lt('id', 2n ** 60n), raw: eq('raw', new Uint8Array([1])) },
        }),
      },
    })
    const read = JSON.parse(encodeManifest(manifest)) as { tables: Record<string, unknown>[] }
    expect(Object.keys(read)).toEqual(['name', 'version', 'tables', 'views', 'genesis', 'messages', 'verdict'])
    expect(Object.keys(read.tables[0]!)).toEqual(['name', 'columns', 'primary-key', 'indexes', 'checks', 'foreign-keys'])
    expect(read.tables[1]!['checks']).toEqual([
      { name: 't_big', all: [{ column: 0, comparison: 'less', operand: { constant: { $integer: '1152921504606846976' } } }] },
      { name: 't_raw', all: [{ column: 1, comparison: 'equal', operand: { constant: { $bytes: 'AQ==' } } }] },
    ])
  })
})
