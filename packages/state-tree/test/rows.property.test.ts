import { type Column, type ColumnType, FoldbError, type Row, type Table, type Value } from '@foldb/abi'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalValue, compareBytes, decodeKey, decodeRow, encodeKey, encodeRow, rowKey } from '../src/index.ts'
import { ALL_TYPES, KEY_TYPES, rawValue, storedValue } from './arbitraries.ts'
import { runs } from './runs.ts'

const keyColumn = fc.constantFrom(...KEY_TYPES).map((type): Column => ({ name: 'k', type, nullable: false }))
const otherColumn = fc.tuple(fc.constantFrom(...ALL_TYPES), fc.boolean()).map(([type, nullable]): Column => ({ name: 'c', type, nullable }))

const tableAndRow: fc.Arbitrary<{ table: Table; row: Row }> = fc
  .tuple(fc.array(keyColumn, { minLength: 1, maxLength: 3 }), fc.array(otherColumn, { maxLength: 20, size: 'max' }), fc.nat())
  .chain(([keys, others, turn]) => {
    const marked = [...keys.map((column) => ({ column, key: true })), ...others.map((column) => ({ column, key: false }))]
    const shift = turn % marked.length
    const columns = [...marked.slice(shift), ...marked.slice(0, shift)]
    const primaryKey = columns.flatMap(({ key }, i) => (key ? [i] : [])).toReversed()
    const table: Table = { name: 't', columns: columns.map(({ column }) => column), primaryKey, indexes: [], checks: [], foreignKeys: [] }
    const cells = table.columns.map((column): fc.Arbitrary<Value> =>
      column.nullable ? fc.option(storedValue(column.type)) : storedValue(column.type),
    )
    return fc.tuple(...cells).map((row) => ({ table, row }))
  })

function accepts(decode: () => unknown): boolean {
  try {
    decode()
    return true
  } catch (error) {
    if (!FoldbError.is(error)) throw error
    return false
  }
}

describe('rows', () => {
  it('come back from their key and bytes as they were', () => {
    fc.assert(
      fc.property(tableAndRow, ({ table, row }) => {
        expect(decodeRow(table, rowKey(3, table, row), encodeRow(table, row))).toEqual(row)
      }),
      runs(300),
    )
  })

  it('have one encoding: what a reader accepts, a writer would have written', () => {
    const spoiled = fc.tuple(
      tableAndRow,
      fc.nat(),
      fc.integer({ min: 0, max: 255 }),
      fc.constantFrom('set', 'insert', 'delete'),
      fc.boolean(),
    )
    fc.assert(
      fc.property(spoiled, ([{ table, row }, where, byte, change, inKey]) => {
        const key = rowKey(0, table, row)
        const bytes = encodeRow(table, row)
        const target = [...(inKey ? key : bytes)]
        const at = target.length === 0 ? 0 : where % target.length
        if (change === 'set') target[at] = byte
        else target.splice(at, change === 'delete' ? 1 : 0, ...(change === 'insert' ? [byte] : []))
        const newKey = inKey ? Uint8Array.from(target) : key
        const newBytes = inKey ? bytes : Uint8Array.from(target)
        let decoded: Row | undefined
        if (!accepts(() => (decoded = decodeRow(table, newKey, newBytes)))) return
        expect(encodeRow(table, decoded!)).toEqual(newBytes)
        expect(rowKey(newKey[0]! * 256 + newKey[1]!, table, decoded!)).toEqual(newKey)
      }),
      runs(1500),
    )
  })
})

describe('keys', () => {
  const typesAndValues = fc
    .array(fc.constantFrom(...KEY_TYPES, 'double-precision' as const), { minLength: 1, maxLength: 3 })
    .chain((types: ColumnType[]) =>
      fc.tuple(
        fc.constant(types),
        fc.tuple(...types.map((type) => fc.option(storedValue(type)))),
        fc.tuple(...types.map((type) => fc.option(storedValue(type)))),
      ),
    )

  it('come back as the values they were made from', () => {
    fc.assert(
      fc.property(typesAndValues, ([types, values]) => {
        expect(decodeKey(types, encodeKey(7, 2, types, values))).toEqual({ table: 7, index: 2, values })
      }),
      runs(400),
    )
  })

  it('never begin another key, and are equal for equal values only', () => {
    fc.assert(
      fc.property(typesAndValues, ([types, a, b]) => {
        const x = encodeKey(0, 0, types, a)
        const y = encodeKey(0, 0, types, b)
        const shorter = Math.min(x.length, y.length)
        const begins = compareBytes(x.subarray(0, shorter), y.subarray(0, shorter)) === 0
        expect(begins).toBe(
          a.every(
            (value, i) =>
              Object.is(value, b[i]) || (value instanceof Uint8Array && b[i] instanceof Uint8Array && compareBytes(value, b[i]) === 0),
          ),
        )
      }),
      runs(400),
    )
  })
})

describe('canonicalValue', () => {
  it('leaves a canonical value as it is', () => {
    for (const type of ALL_TYPES) {
      fc.assert(
        fc.property(storedValue(type), (value) => {
          expect(canonicalValue(type, value)).toEqual(value)
        }),
        runs(50),
      )
    }
  })

  it('never throws anything but a refusal', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ALL_TYPES),
        fc.oneof(...ALL_TYPES.map(rawValue), fc.string({ unit: 'binary' }), fc.json()),
        (type, value) => {
          try {
            canonicalValue(type, value)
          } catch (error) {
            expect((error as { name: string }).name).toBe('DbError')
          }
        },
      ),
      runs(1000),
    )
  })
})
