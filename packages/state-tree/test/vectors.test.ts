import { type Column, type ColumnType, DbError, FoldbError, fromHex, type Table, toHex } from '@foldb/abi'
import { describe, expect, it } from 'vitest'
import {
  canonicalValue,
  compareBytes,
  decodeKey,
  decodeRow,
  encodeKey,
  encodeRow,
  Mmr,
  type MmrKind,
  rowKey,
  stateRoot,
  treeRoot,
  verifyLeaf,
} from '../src/index.ts'
import { naiveMmrRoot, naiveTreeRoot } from './naive.ts'
import { readVectors, type TaggedValue, untag } from './vectors.ts'

interface RowCase {
  readonly columns: readonly Column[]
  readonly primaryKey: readonly number[]
  readonly key: string
  readonly bytes: string
}

interface ListCase {
  readonly kind: MmrKind
  readonly root: string
}

const tableOf = ({ columns, primaryKey }: RowCase): Table => ({ name: 't', columns, primaryKey, indexes: [], checks: [], foreignKeys: [] })

function codeOf(action: () => unknown): string {
  try {
    action()
  } catch (error) {
    if (DbError.is(error)) return error.sqlstate
    if (FoldbError.is(error)) return error.code
    throw error
  }
  return 'accepted'
}

describe('vectors: values', () => {
  it.each(readVectors<{ type: ColumnType; value: TaggedValue; canonical: TaggedValue }>('values'))(
    '$name',
    ({ type, value, canonical }) => {
      expect(canonicalValue(type, untag(value))).toEqual(untag(canonical))
    },
  )

  it.each(readVectors<{ type: ColumnType; value: TaggedValue; sqlstate: string; bytesMax?: number }>('invalid/values'))(
    'refuses $name',
    ({ type, value, sqlstate, bytesMax }) => {
      expect(codeOf(() => canonicalValue(type, untag(value), bytesMax))).toBe(sqlstate)
    },
  )
})

describe('vectors: keys', () => {
  const cases = readVectors<{ table: number; index: number; types: ColumnType[]; values: TaggedValue[]; key: string }>('keys')

  it.each(cases)('$name', ({ table, index, types, values, key }) => {
    expect(toHex(encodeKey(table, index, types, values.map(untag)))).toBe(key)
    expect(decodeKey(types.slice(0, values.length), fromHex(key))).toEqual({ table, index, values: values.map(untag) })
  })

  it('stand in ascending order within a type', () => {
    const unordered = cases.filter(({ types }, i) => {
      const before = cases[i - 1]
      if (before === undefined || types.length > 1 || JSON.stringify(before.types) !== JSON.stringify(types)) return false
      return compareBytes(fromHex(before.key), fromHex(cases[i]!.key)) >= 0
    })
    expect(unordered.map(({ name }) => name)).toEqual([])
  })

  it.each(readVectors<{ types: ColumnType[]; key: string }>('invalid/keys'))('refuses $name', ({ types, key }) => {
    expect(codeOf(() => decodeKey(types, fromHex(key)))).toBe('bad-key')
  })
})

describe('vectors: rows', () => {
  it.each(readVectors<RowCase & { row: TaggedValue[] }>('rows'))('$name', (one) => {
    const table = tableOf(one)
    const row = one.row.map(untag)
    expect(toHex(rowKey(0, table, row))).toBe(one.key)
    expect(toHex(encodeRow(table, row))).toBe(one.bytes)
    expect(decodeRow(table, fromHex(one.key), fromHex(one.bytes))).toEqual(row)
  })

  it.each(readVectors<RowCase>('invalid/rows'))('refuses $name', (one) => {
    expect(codeOf(() => decodeRow(tableOf(one), fromHex(one.key), fromHex(one.bytes)))).toMatch(/^bad-(key|row)$/)
  })
})

describe('vectors: tree', () => {
  it.each(readVectors<{ entries: [string, string][]; treeRoot: string; stateRoot: string }>('tree'))('$name', (one) => {
    const root = treeRoot(one.entries.map(([key, row]) => ({ key: fromHex(key), row: fromHex(row) })))
    expect(toHex(root)).toBe(one.treeRoot)
    expect(naiveTreeRoot(new Map(one.entries))).toBe(one.treeRoot)
    expect(toHex(stateRoot(new Uint8Array(32).fill(1), root))).toBe(one.stateRoot)
  })

  it.each(readVectors<{ entries: [string, string][] }>('invalid/tree'))('refuses $name', ({ entries }) => {
    expect(codeOf(() => treeRoot(entries.map(([key, row]) => ({ key: fromHex(key), row: fromHex(row) }))))).toBe('bad-tree-key')
  })
})

describe('vectors: mmr', () => {
  it.each(readVectors<ListCase & { items: string[]; peaks: string[]; proofs: string[][] }>('mmr'))(
    '$name',
    ({ kind, items, peaks, root, proofs }) => {
      const mmr = new Mmr(kind)
      for (const item of items) mmr.append(fromHex(item))
      expect(toHex(mmr.root())).toBe(root)
      expect(mmr.peaks().map(toHex)).toEqual(peaks)
      expect(naiveMmrRoot(kind, kind === 'log' ? 'message' : 'receipt', items)).toBe(root)
      for (const [index, proof] of proofs.entries()) {
        const claim = { root: fromHex(root), size: items.length, index, bytes: fromHex(items[index]!), proof: proof.map(fromHex) }
        expect(verifyLeaf(kind, claim)).toBe(true)
      }
    },
  )

  it.each(readVectors<ListCase & { size: number; index: number; bytes: string; proof: string[] }>('invalid/mmr'))(
    'refuses $name',
    ({ kind, ...claim }) => {
      expect(verifyLeaf(kind, { ...claim, root: fromHex(claim.root), bytes: fromHex(claim.bytes), proof: claim.proof.map(fromHex) })).toBe(
        false,
      )
    },
  )
})
