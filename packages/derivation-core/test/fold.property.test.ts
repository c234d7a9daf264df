/** One log, one history: whatever is asked on the way, and however often the host breaks. */
import { type Checkpoint, FoldbError, type Row } from '@foldb/abi'
import fc from 'fast-check'
import { expect, it } from 'vitest'

import { createFold } from '../src/create-fold.ts'
import type { Fold } from '../src/fold.ts'
import type { EncodedMessage, RowChange } from '../src/ports.ts'
import { MANIFEST, createLedger, genesisOf, message } from './ledger.ts'

const RUNS = 60 * Number(process.env['FOLDB_RUNS'] ?? 1)
const NAMES = ['alice', 'bob', 'carol'] as const

const anyMessage: fc.Arbitrary<EncodedMessage> = fc.oneof(
  fc.constantFrom(...NAMES).map((name) => message(name, 'open')),
  fc
    .record({ from: fc.constantFrom('bank', ...NAMES), to: fc.constantFrom('bank', ...NAMES), amount: fc.integer({ min: -5, max: 40 }) })
    .map(({ from, to, amount }) => message(from, 'send', { to, amount })),
  fc.constantFrom(...NAMES).map((name) => message(name, 'roll', { count: 4 })),
  fc.constantFrom('trap', 'catch-trap', 'catch-refusal', 'no', 'NO').map((how) => message('alice', 'misbehave', { how })),
  fc.constantFrom('decide', 'shout').map((kind) => message('bob', kind)),
)
const broken = fc.constantFrom('fault', 'exception').map((how) => message('alice', 'misbehave', { how }))
/** What happens between two messages. */
const between = fc.constantFrom('nothing', 'nothing', 'checkpoint', 'changes', 'fault', 'garbage')

function open(): Fold {
  const reducer = createLedger()
  return createFold({ reducer, genesis: genesisOf(reducer) })
}

/** Keeps a copy of all rows by net changes. */
function follow(copy: Map<string, Row>, changes: readonly RowChange[]): void {
  for (const { table, key, row } of changes) {
    const id = `${table} ${String(key[0])}`
    if (row === undefined) copy.delete(id)
    else copy.set(id, row)
  }
}

function rowsOf(fold: Fold): Map<string, Row> {
  return new Map(
    MANIFEST.tables.flatMap(({ name }, table) => fold.rows(name).map((row): [string, Row] => [`${table} ${String(row[0])}`, row])),
  )
}

it('gives the same outcomes, checkpoints and rows however it is split', () => {
  const step = fc.record({ bytes: anyMessage, then: between, fault: broken })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60, size: 'max' }), (steps) => {
      const [plain, disturbed] = [open(), open()]
      const copy = new Map<string, Row>()
      const checkpoints: Checkpoint[] = []
      for (const { bytes, then, fault } of steps) {
        expect(disturbed.apply(bytes)).toEqual(plain.apply(bytes))
        if (then === 'checkpoint') checkpoints.push(disturbed.checkpoint())
        if (then === 'changes') follow(copy, disturbed.takeChanges())
        if (then === 'fault') expect(() => disturbed.apply(fault)).toThrow(FoldbError)
        if (then === 'garbage') expect(() => disturbed.apply(bytes.subarray(1))).toThrow(FoldbError)
      }
      follow(copy, disturbed.takeChanges())
      expect(disturbed.checkpoint()).toEqual(plain.checkpoint())
      expect(disturbed.counts).toEqual(plain.counts)
      expect([...disturbed.codes]).toEqual([...plain.codes])
      expect(copy).toEqual(rowsOf(plain))
      expect(disturbed.verdict()).toEqual(plain.verdict())
    }),
    { numRuns: RUNS, seed: 11 },
  )
})
