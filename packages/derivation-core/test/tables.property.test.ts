/** The tables against the naive oracle: the same answers, refusals, rows, tree entries and net changes on random histories. */
import { DEFAULT_PROFILE, type Profile, type Row, type Table, toHex } from '@foldb/abi'
import { type TreeEntry, treeRoot } from '@foldb/state-tree'
import fc from 'fast-check'
import { expect, test } from 'vitest'

import { type StateTables, createTables } from '../src/tables.ts'
import { answerOf } from '../src/testing/scripted-reducer.ts'
import { NaiveTables } from './naive-tables.ts'
import { Dice, rollOperation, rollSchema } from './random-schemas.ts'

const RUNS = 400 * Number(process.env['FOLDB_RUNS'] ?? 1)
const numbers = fc.array(fc.nat(10_006), { minLength: 40, maxLength: 120 })
const history = fc.record({
  schema: numbers,
  limits: fc.nat(9),
  operations: fc.array(numbers, { minLength: 20, maxLength: 80, size: 'max' }),
})

/** Limits that random rows reach. */
function profileOf(limits: number): Profile {
  const small = {
    ...DEFAULT_PROFILE,
    sizes: { ...DEFAULT_PROFILE.sizes, key: 60, row: 40 },
    numbers: { ...DEFAULT_PROFILE.numbers, scanRows: 2 },
  }
  return limits === 0 ? small : limits === 1 ? { ...DEFAULT_PROFILE, stateBytes: 400 } : DEFAULT_PROFILE
}

function hexOf(entries: readonly TreeEntry[]): string[] {
  return entries.map(({ key, row }) => `${toHex(key)}=${toHex(row)}`).sort()
}

/** A copy of the rows that knows net changes alone. */
class Follower {
  readonly #rows: Map<string, Row>[]
  readonly #tables: readonly Table[]

  constructor(tables: readonly Table[]) {
    this.#tables = tables
    this.#rows = tables.map(() => new Map())
  }

  follow(tables: StateTables): void {
    for (const { table, key, row } of tables.takeChanges()) {
      const id = show(key)
      expect(show(this.#rows[table]!.get(id)), 'a change that changes nothing').not.toBe(show(row))
      if (row === undefined) this.#rows[table]!.delete(id)
      else this.#rows[table]!.set(id, row)
    }
    for (const [i, { name }] of this.#tables.entries()) {
      expect([...this.#rows[i]!.values()].map(show).sort()).toEqual(tables.rows(name).map(show).sort())
    }
  }
}

function show(value: unknown): string {
  return JSON.stringify(value ?? 'none', (_, item: unknown) => {
    if (typeof item === 'bigint') return `${item}n`
    if (typeof item === 'number') return Number.isFinite(item) ? item : String(item)
    return item instanceof Uint8Array ? `bytes ${toHex(item)}` : item
  })
}

function expectSame(tables: StateTables, naive: NaiveTables, schema: readonly Table[]): void {
  for (const { name } of schema) expect(tables.rows(name)).toEqual(naive.rows(name))
  const entries = hexOf(tables.treeEntries())
  expect(entries).toEqual(hexOf(naive.treeEntries()))
  expect(tables.bytes).toBe(tables.treeEntries().reduce((sum, { key, row }) => sum + key.length + row.length, 0))
}

/** Plays a history in messages of a few operations; some are undone. */
function play(schema: readonly Table[], profile: Profile, operations: readonly (readonly number[])[]): void {
  const tables = createTables(schema, profile)
  const naive = new NaiveTables(schema, profile)
  const follower = new Follower(schema)
  let saved = naive.save()
  tables.begin()
  for (const dice of operations.map((rolls) => new Dice(rolls))) {
    const operation = rollOperation(dice, schema, (name) => naive.rows(name))
    expect(answerOf(tables, operation), show(operation)).toEqual(answerOf(naive, operation))
    if (dice.chance(75)) continue
    if (dice.chance(60)) tables.commit()
    else {
      tables.rollback()
      naive.restore(saved)
    }
    expectSame(tables, naive, schema)
    if (dice.chance(50)) follower.follow(tables)
    saved = naive.save()
    tables.begin()
  }
  tables.commit()
  expectSame(tables, naive, schema)
  follower.follow(tables)
}

test('answers, refuses and undoes as the naive tables do', () => {
  fc.assert(
    fc.property(history, ({ schema, limits, operations }) => play(rollSchema(new Dice(schema)), profileOf(limits), operations)),
    { numRuns: RUNS, seed: 20_261_124 },
  )
})

test('gives one tree root for one set of rows, whatever the order of insertion', () => {
  const schema: Table[] = [
    {
      name: 't',
      columns: [
        { name: 'id', type: 'integer', nullable: false },
        { name: 'note', type: 'text', nullable: true },
      ],
      primaryKey: [0],
      indexes: [{ name: 't_note', columns: [1], unique: false, where: [] }],
      checks: [],
      foreignKeys: [],
    },
  ]
  const rows = fc.uniqueArray(fc.tuple(fc.integer({ min: -300, max: 300 }), fc.constantFrom('a', 'b', null)), { selector: ([id]) => id })
  fc.assert(
    fc.property(rows, (list) => {
      const [forward, backward] = [createTables(schema, DEFAULT_PROFILE), createTables(schema, DEFAULT_PROFILE)]
      for (const row of list) forward.insert('t', row)
      for (const row of list.toReversed()) backward.put('t', row)
      expect(treeRoot(backward.treeEntries())).toEqual(treeRoot(forward.treeEntries()))
    }),
    { numRuns: RUNS / 8, seed: 7 },
  )
})
