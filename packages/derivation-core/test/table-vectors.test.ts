/** The vectors of row operations and scans, on the tables and on the naive oracle. */
import { DEFAULT_PROFILE, type Profile, type Table, toHex } from '@foldb/abi'
import { type TreeEntry, compareBytes, treeRoot } from '@foldb/state-tree'
import { describe, expect, it } from 'vitest'

import type { Tables } from '../src/ports.ts'
import { createTables } from '../src/tables.ts'
import { type RowOperation, answerOf } from '../src/testing/scripted-reducer.ts'
import { NaiveTables } from './naive-tables.ts'
import { type CallJson, answerFrom, callOf, tablesOf } from './row-vectors.ts'
import { readVectors } from './vectors.ts'

interface Case {
  readonly tables: unknown
  readonly limits: { readonly sizes?: object; readonly numbers?: object; readonly stateBytes?: number }
  readonly operations: readonly CallJson[]
  readonly entries: readonly (readonly [string, string])[]
  readonly treeRoot: string
}

const IMPLEMENTATIONS: Readonly<Record<string, (tables: readonly Table[], profile: Profile) => Tables & { treeEntries(): TreeEntry[] }>> = {
  'the tables': createTables,
  'the naive tables': (tables, profile) => new NaiveTables(tables, profile),
}

function profileOf({ sizes, numbers, stateBytes }: Case['limits']): Profile {
  return {
    ...DEFAULT_PROFILE,
    sizes: { ...DEFAULT_PROFILE.sizes, ...sizes },
    numbers: { ...DEFAULT_PROFILE.numbers, ...numbers },
    stateBytes: stateBytes ?? DEFAULT_PROFILE.stateBytes,
  }
}

describe.each(Object.entries(IMPLEMENTATIONS))('%s', (_, create) => {
  it.each([...readVectors<Case>('row-operations'), ...readVectors<Case>('scans')])('answer as the vectors say: $name', (one) => {
    const tables = create(tablesOf(one.tables), profileOf(one.limits))
    for (const [i, step] of one.operations.entries()) {
      expect(answerOf(tables, callOf(step) as RowOperation), `operation ${i}: ${step.op}`).toEqual(answerFrom(step.expected))
    }
    const entries = tables.treeEntries().sort((left, right) => compareBytes(left.key, right.key))
    expect(entries.map(({ key, row }) => [toHex(key), toHex(row)])).toEqual(one.entries)
    expect(toHex(treeRoot(entries))).toBe(one.treeRoot)
  })
})
