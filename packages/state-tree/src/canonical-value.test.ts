import { type ColumnType, DbError, type Value } from '@foldb/abi'
import { describe, expect, it } from 'vitest'
import { canonicalValue } from './canonical-value.ts'

function sqlstate(type: ColumnType, value: Value, bytesMax?: number): string {
  try {
    canonicalValue(type, value, bytesMax)
  } catch (error) {
    expect(DbError.is(error) && error.constraint).toBe('')
    return (error as DbError).sqlstate
  }
  return 'accepted'
}

const TYPES: readonly ColumnType[] = [
  ...(['boolean', 'smallint', 'integer', 'bigint', 'double-precision', 'text', 'bytea', 'uuid', 'date', 'timestamptz', 'jsonb'] as const),
  { numeric: { precision: 8, scale: 2 } },
]

describe('canonicalValue', () => {
  it('lets null through everywhere', () => {
    for (const type of TYPES) expect(canonicalValue(type, null)).toBeNull()
  })

  it('takes only the sorts of values that a column knows', () => {
    const sorts: readonly [Value, readonly string[]][] = [
      [true, ['boolean']],
      [5, ['smallint', 'integer', 'bigint', 'double-precision', 'numeric']],
      [0.5, ['double-precision']],
      [Number.NaN, ['double-precision']],
      [2n ** 60n, ['bigint', 'integer', 'smallint', 'double-precision', 'numeric']],
      ['x', ['text', 'uuid', 'date', 'timestamptz', 'jsonb', 'numeric']],
      [Uint8Array.of(1), ['bytea']],
    ]
    for (const [value, takers] of sorts) {
      for (const type of TYPES) {
        const name = typeof type === 'object' ? 'numeric' : type
        expect([name, value, sqlstate(type, value) === '42804']).toEqual([name, value, !takers.includes(name)])
      }
    }
  })

  it('refuses text that PostgreSQL cannot hold before it looks at its form', () => {
    for (const type of ['text', 'uuid', 'date', 'timestamptz', 'jsonb', { numeric: { precision: 8, scale: 2 } }] as const) {
      expect(sqlstate(type, 'x\0')).toBe('22021')
      expect(sqlstate(type, '"\ud800"')).toBe('22021')
      expect(sqlstate('boolean', '\0')).toBe('42804')
    }
  })

  it('holds integers to their type, in one form', () => {
    const edges = { smallint: 2 ** 15, integer: 2 ** 31 } as const
    for (const [type, edge] of Object.entries(edges) as [keyof typeof edges, number][]) {
      expect(canonicalValue(type, edge - 1)).toBe(edge - 1)
      expect(canonicalValue(type, -edge)).toBe(-edge)
      expect(sqlstate(type, edge)).toBe('22003')
      expect(sqlstate(type, -edge - 1)).toBe('22003')
      expect(sqlstate(type, 2n ** 62n)).toBe('22003')
    }
    expect(canonicalValue('bigint', 2n ** 63n - 1n)).toBe(2n ** 63n - 1n)
    expect(canonicalValue('bigint', -(2n ** 63n))).toBe(-(2n ** 63n))
    expect(sqlstate('bigint', 2n ** 63n)).toBe('22003')
    expect(sqlstate('bigint', -(2n ** 63n) - 1n)).toBe('22003')
    expect(canonicalValue('bigint', 5n)).toBe(5)
    expect(sqlstate('bigint', 2 ** 53)).toBe('42804')
  })

  it('knows one zero', () => {
    for (const type of ['smallint', 'integer', 'bigint', 'double-precision'] as const)
      expect(Object.is(canonicalValue(type, -0), 0)).toBe(true)
    expect(canonicalValue({ numeric: { precision: 3, scale: 0 } }, -0)).toBe('0')
  })

  it('takes integers into double precision while they are exact', () => {
    expect(canonicalValue('double-precision', 2 ** 53 - 1)).toBe(2 ** 53 - 1)
    expect(canonicalValue('double-precision', 5n)).toBe(5)
    expect(sqlstate('double-precision', 2n ** 53n)).toBe('22003')
    expect(sqlstate('double-precision', -(2n ** 53n))).toBe('22003')
    expect(canonicalValue('double-precision', 2 ** 53)).toBe(2 ** 53)
    expect(canonicalValue('double-precision', Number.NaN)).toBeNaN()
  })

  it('brings integers into numeric with the column’s scale', () => {
    expect(canonicalValue({ numeric: { precision: 8, scale: 2 } }, 7)).toBe('7.00')
    expect(canonicalValue({ numeric: { precision: 19, scale: 0 } }, -(2n ** 63n))).toBe('-9223372036854775808')
    expect(sqlstate({ numeric: { precision: 8, scale: 2 } }, 1_000_000)).toBe('22003')
  })

  it('bounds text, bytes and jsonb in bytes of their canonical form', () => {
    expect(canonicalValue('text', 'aé', 3)).toBe('aé')
    expect(sqlstate('text', 'aé', 2)).toBe('54000')
    expect(canonicalValue('bytea', Uint8Array.of(1, 2), 2)).toEqual(Uint8Array.of(1, 2))
    expect(sqlstate('bytea', Uint8Array.of(1, 2), 1)).toBe('54000')
    expect(canonicalValue('jsonb', '   [   ]   ', 2)).toBe('[]')
    expect(sqlstate('jsonb', '[1,2]', 5)).toBe('54000')
    expect(canonicalValue('text', 'a'.repeat(1_048_576))).toHaveLength(1_048_576)
    expect(sqlstate('text', 'a'.repeat(1_048_577))).toBe('54000')
  })
})
