/** Writes vectors/row-operations.json and vectors/scans.json from the naive tables: node --conditions=@foldb/source packages/conformance/scripts/tables.ts */
import { DEFAULT_PROFILE, type Profile, type Table, type Value } from '@foldb/abi'
import type { Bound, Range } from '@foldb/derivation-core'
import { answerOf, type RowOperation, SAMPLE_TABLES } from '@foldb/derivation-core/testing'
import { compareBytes, treeRoot } from '@foldb/state-tree'
import { NaiveTables } from '../../derivation-core/test/naive-tables.ts'
import { Dice, rollOperation, rollSchema } from '../../derivation-core/test/random-schemas.ts'
import { answerJson, callJson, ROW_VECTORS, tableJson } from './row-vectors.ts'
import { hex, TAGGED, writeVectors } from './vector-file.ts'

/** Sizes and counts that differ from the default profile. */
interface Limits {
  readonly sizes?: Partial<Profile['sizes']>
  readonly numbers?: Partial<Profile['numbers']>
  readonly stateBytes?: number
}

interface Case {
  readonly name: string
  readonly tables: readonly Table[]
  readonly limits?: Limits
  readonly operations: readonly RowOperation[]
}

function profileOf({ sizes, numbers, stateBytes }: Limits): Profile {
  return {
    ...DEFAULT_PROFILE,
    sizes: { ...DEFAULT_PROFILE.sizes, ...sizes },
    numbers: { ...DEFAULT_PROFILE.numbers, ...numbers },
    stateBytes: stateBytes ?? DEFAULT_PROFILE.stateBytes,
  }
}

function vectorOf({ name, tables, limits = {}, operations }: Case): { readonly name: string } {
  const naive = new NaiveTables(tables, profileOf(limits))
  const steps = operations.map((operation) => ({ ...callJson(operation), expected: answerJson(answerOf(naive, operation)) }))
  const entries = naive.treeEntries().toSorted((left, right) => compareBytes(left.key, right.key))
  const end = { entries: entries.map(({ key, row }) => [hex(key), hex(row)]), treeRoot: hex(treeRoot(entries)) }
  return { name, ...{ tables: tables.map(tableJson), limits, operations: steps, ...end } }
}

const insert = (table: string, ...row: Value[]): RowOperation => ({ op: 'insert', table, row })
const put = (table: string, ...row: Value[]): RowOperation => ({ op: 'put', table, row })
const remove = (table: string, ...key: Value[]): RowOperation => ({ op: 'delete', table, key })
const get = (table: string, ...key: Value[]): RowOperation => ({ op: 'get', table, key })

const OPEN: Bound = { kind: 'open' }
const inclusive = (...values: Value[]): Bound => ({ kind: 'inclusive', values })
const exclusive = (...values: Value[]): Bound => ({ kind: 'exclusive', values })
const scan = (table: string, index: string, range: Partial<Range> = {}): RowOperation => ({
  op: 'scan',
  table,
  index,
  range: { lower: OPEN, upper: OPEN, limit: 0, descending: false, ...range },
})

const START = [
  insert('teams', 'red', null),
  insert('teams', 'blue', 'hold'),
  insert('units', 1, 'red', 0, 0, 10, null),
  insert('units', 2, 'blue', 1, 0, 20, 1),
]
const sample = (name: string, operations: readonly RowOperation[], limits: Limits = {}): Case => ({
  name,
  tables: SAMPLE_TABLES,
  limits,
  operations: [...START, ...operations],
})

/** Numbers that look random, the same on every run. */
function numbersOf(seed: number, count: number): number[] {
  let state = seed
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return (state >>> 8) % 10_007
  })
}

/** A random history: each operation is chosen with the rows before it in view. */
function randomCase(seed: number, count: number, isWanted: (operation: RowOperation) => boolean): Case {
  const tables = rollSchema(new Dice(numbersOf(seed, 97)))
  const limits: Limits = seed % 4 === 0 ? { sizes: { key: 60, row: 40 }, numbers: { scanRows: 2 } } : {}
  const naive = new NaiveTables(tables, profileOf(limits))
  const operations: RowOperation[] = []
  for (let i = 0; operations.length < count; i++) {
    const operation = rollOperation(new Dice(numbersOf(seed * 100_000 + i, 61)), tables, (name) => naive.rows(name))
    if (!isWanted(operation)) continue
    answerOf(naive, operation)
    operations.push(operation)
  }
  return { name: `random history ${seed}`, tables, limits, operations }
}

const sixteen = (number: number): Value[] => [`w${number}`, number, null, null, number / 2, null, null, null, null, null, null]

writeVectors(
  'row-operations',
  `Row operations in order on empty tables, with their answers, and what the state tree then holds: protocol §12. Limits that are not named are the default profile's. \`entries\` are keys and row bytes in key order. ${ROW_VECTORS} ${TAGGED}`,
  [
    sample('rows come out canonical', [
      insert(
        'samples',
        'é',
        1,
        true,
        -(2n ** 63n),
        -0,
        '1.005',
        Uint8Array.of(0, 255),
        '6F9619FF-8B86-D011-B42D-00C04FC964FF',
        '2024-02-29',
        '2024-02-29T12:00:00.500+02:00',
        '{"bb":1.0,"a":[]}',
      ),
      get('samples', 1, 'é'),
      insert('samples', '', 2, null, null, Number.NaN, null, null, null, null, null, null),
      get('samples', 2, ''),
      get('samples', 3, ''),
    ]),
    sample('put replaces, delete removes', [
      put('units', 1, 'blue', 5, 5, null, null),
      put('units', 3, 'red', null, null, 1, 3),
      remove('units', 3),
      remove('units', 3),
      get('units', 1),
    ]),
    sample('unknown tables and counts', [
      get('nowhere', 1),
      insert('nowhere'),
      get('units'),
      remove('units', 1, 2),
      insert('units', 1),
      put('units', 1, 'red', 0, 0, 10, null, null),
    ]),
    sample(
      'types before values before sizes',
      [
        insert('units', 2 ** 40, 'x'.repeat(21), 'x', 0, 0, null),
        insert('units', 1, 'x'.repeat(21), 2 ** 20, 0, 0, null),
        insert('units', 1, 'a\0', 2 ** 20, 0, 0, null),
        insert('units', 1, 'x'.repeat(21), 0, 0, -1, null),
        insert('units', 1.5, 'red', 0, 0, 0, null),
        get('units', 'one'),
      ],
      { sizes: { value: 20 } },
    ),
    sample('keys over the limit', [
      insert('teams', 'x'.repeat(248), null),
      insert('teams', 'x'.repeat(249), null),
      get('teams', 'x'.repeat(249)),
      insert('units', 3, 'x'.repeat(248), 0, 0, -1, null),
    ]),
    sample('rows over the limit', [put('teams', 'red', 'x'.repeat(10)), put('teams', 'red', 'x'.repeat(11))], { sizes: { row: 12 } }),
    sample(
      'a state over the limit',
      [insert('teams', 'green', null), put('teams', 'red', 'x'.repeat(20)), put('teams', 'red', 'x'.repeat(10)), put('teams', 'red', null)],
      { stateBytes: 220 },
    ),
    sample('nulls', [
      insert('units', 1, null, 9, 0, -1, 99),
      insert('units', null, 'red', 0, 0, 0, null),
      get('units', null),
      remove('samples', 1, null),
    ]),
    sample('checks by name; unknown passes', [
      insert('units', 1, 'none', 8, 0, -1, 99),
      put('units', 1, 'red', 7, 0, -1, null),
      put('units', 1, 'red', null, 0, null, null),
    ]),
    sample('uniqueness', [
      insert('units', 1, 'none', 1, 0, 0, 99),
      insert('units', 3, 'none', 1, 0, 0, 99),
      put('units', 1, 'red', 1, 0, 0, null),
      put('units', 1, 'red', 0, 0, 11, null),
      insert('units', 3, 'red', null, 0, 0, null),
      insert('units', 4, 'red', null, 0, 0, null),
      insert('units', 5, 'red', 2, 2, 101, null),
      insert('units', 6, 'red', 3, 3, 102, null),
      insert('units', 6, 'red', 3, 3, 100, null),
    ]),
    sample('references', [
      insert('units', 3, 'none', 3, 3, 0, 99),
      insert('units', 3, 'red', 3, 3, 0, 99),
      insert('units', 3, 'red', 3, 3, 0, 3),
      put('units', 3, 'green', 3, 3, 0, 3),
      remove('units', 3),
      remove('units', 1),
      remove('teams', 'red'),
      put('units', 1, 'red', 0, 0, 0, 1),
      remove('units', 2),
      remove('units', 1),
      remove('teams', 'red'),
    ]),
    sample('names that JavaScript knows', [
      get('constructor', 1),
      scan('units', '__proto__'),
      insert('teams', '__proto__', 'toString'),
      get('teams', '__proto__'),
    ]),
    ...Array.from({ length: 8 }, (_, i) => randomCase(i + 1, 60, () => true)),
  ].map(vectorOf),
)

const ROWS = [
  insert('units', 3, 'red', null, 5, 101, null),
  insert('units', 4, 'blue', 1, null, 5, 1),
  insert('units', 5, 'blue', 0, 3, 150, 2),
]
const scans = (name: string, operations: readonly RowOperation[], limits: Limits = {}): Case =>
  sample(name, [...ROWS, ...operations], limits)
writeVectors(
  'scans',
  `Scans: protocol §12. The cases are as in row-operations.json. ${ROW_VECTORS} ${TAGGED}`,
  [
    scans(
      'orders',
      ['', 'units_cell', 'units_team', 'units_leader', 'units_champion'].flatMap((index) => [
        scan('units', index),
        scan('units', index, { descending: true }),
      ]),
    ),
    scans('bounds', [
      scan('units', 'units_cell', { lower: inclusive(0), upper: inclusive(0) }),
      scan('units', 'units_cell', { lower: exclusive(0) }),
      scan('units', 'units_cell', { upper: exclusive(1) }),
      scan('units', 'units_cell', { lower: exclusive(0, 0), upper: inclusive(1, 0) }),
      scan('units', 'units_leader', { lower: inclusive(null), upper: inclusive(null) }),
      scan('units', 'units_leader', { upper: exclusive(null) }),
      scan('units', 'units_leader', { lower: inclusive(2) }),
      scan('units', '', { lower: inclusive(), upper: inclusive() }),
      scan('units', '', { lower: exclusive() }),
      scan('units', '', { upper: exclusive() }),
      scan('units', '', { lower: inclusive(4), upper: inclusive(2) }),
      scan('units', '', { lower: exclusive(2), upper: exclusive(2), descending: true }),
    ]),
    scans('limits', [
      scan('units', '', { limit: 2 }),
      scan('units', '', { limit: 2, descending: true }),
      scan('units', '', { limit: 9 }),
      scan('units', 'units_team', { lower: inclusive('blue'), upper: inclusive('blue'), limit: 1, descending: true }),
    ]),
    scans(
      'more rows than the profile allows',
      [scan('units', '', { limit: 4 }), scan('units', '', { lower: exclusive(1) }), scan('units', '', { limit: 5 }), scan('units', '')],
      {
        numbers: { scanRows: 4 },
      },
    ),
    scans('refusals', [
      scan('nowhere', 'nothing'),
      scan('units', 'nothing', { lower: inclusive(1, 2, 3) }),
      scan('units', 'units_pkey'),
      scan('units', '', { upper: exclusive(1, 1) }),
      scan('units', 'units_leader', { lower: inclusive(2 ** 40), upper: inclusive('x') }),
      scan('units', 'units_leader', { lower: inclusive(2 ** 40) }),
      scan('units', 'units_team', { upper: inclusive('x'.repeat(249)) }),
      scan('units', 'units_team', { upper: inclusive('x'.repeat(248)) }),
      scan('teams', '', { lower: inclusive('x'.repeat(249)) }),
    ]),
    sample('more rows than one leaf of the tree', [
      ...Array.from({ length: 40 }, (_, i) => insert('samples', ...sixteen((i * 23) % 40))),
      scan('samples', '', { lower: inclusive(10), upper: exclusive(14) }),
      scan('samples', 'samples_real', { lower: inclusive(3.5), limit: 3, descending: false }),
      scan('samples', 'samples_real', { upper: exclusive(3.5), limit: 3, descending: true }),
    ]),
    ...[11, 12, 14, 15].map((seed) => randomCase(seed, 70, ({ op }) => op === 'scan' || op === 'insert')),
  ].map(vectorOf),
)
