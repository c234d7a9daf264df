/** Every column type crosses into PostgreSQL and back unchanged; PostgreSQL itself is the oracle. */
import { type Row, type Value, fromHex, integerOf, toHex } from '@foldb/abi'
import type { RelationalMirror } from '@foldb/derivation-core'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openMirror } from '../src/mirror.ts'
import { everything, keys, runs } from './tables.ts'

let mirror: RelationalMirror

beforeAll(async () => {
  mirror = await openMirror({ tables: [everything, keys] })
})
afterAll(async () => mirror[Symbol.asyncDispose]())

const digits = (count: number) => fc.stringMatching(new RegExp(`^[0-9]{1,${count}}$`))
const year = fc.integer({ min: 1, max: 9999 })
const date = fc.tuple(year, fc.integer({ min: 0, max: 365 })).map(([y, day]) => {
  const time = new Date(0)
  time.setUTCFullYear(y, 0, 1)
  time.setUTCDate(1 + day)
  return time.getUTCFullYear() > 9999 ? '9999-12-31' : time.toISOString().slice(0, 10)
})
const clock = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }), fc.integer({ min: 0, max: 59 }))
const fraction = fc.integer({ min: 0, max: 999_999 }).map((µs) => (µs === 0 ? '' : `.${String(µs).padStart(6, '0').replace(/0+$/, '')}`))
const two = (part: number): string => String(part).padStart(2, '0')

/** Values in their canonical form, but for jsonb, which PostgreSQL brings into its own. */
const VALUES: Readonly<Record<string, fc.Arbitrary<Value>>> = {
  a_boolean: fc.boolean(),
  a_smallint: fc.integer({ min: -32_768, max: 32_767 }),
  an_integer: fc.integer({ min: -2_147_483_648, max: 2_147_483_647 }),
  a_bigint: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(integerOf),
  a_float: fc.double().map((x) => (x === 0 ? 0 : x)),
  a_numeric: fc.tuple(fc.boolean(), digits(29), digits(11)).map(([negative, whole, part]) => {
    const text = `${BigInt(whole)}.${part.padEnd(11, '0')}`
    return negative && /[1-9]/.test(text) ? `-${text}` : text
  }),
  a_text: fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\0', '')),
  some_bytes: fc.uint8Array(),
  a_uuid: fc.uuid(),
  a_date: date,
  a_time: fc.tuple(date, clock, fraction).map(([day, time, part]) => `${day} ${time.map(two).join(':')}${part}+00`),
  a_json: fc.json({ stringUnit: 'grapheme' }).filter((text) => !text.includes('\\u')),
}

describe('values in the mirror', () => {
  it.each(Object.keys(VALUES))('keeps %s as PostgreSQL writes it', async (name) => {
    await fc.assert(
      fc.asyncProperty(fc.array(VALUES[name] as fc.Arbitrary<Value>, { minLength: 1, maxLength: 20 }), async (values) => {
        const canonical = name === 'a_json' ? await Promise.all(values.map((v) => jsonb(v as string))) : values
        const number = everything.columns.findIndex((c) => c.name === name)
        mirror.apply(
          canonical.map((value, id) => ({ table: 0, key: [id], row: rowWith(id, number, value) })),
          1,
        )
        const { rows } = await mirror.query(`select ${name}, ${name}::text from everything where id < $1 order by id`, [canonical.length])
        expect(rows.map(([value]) => value)).toEqual(name === 'a_json' ? canonical.map((text) => JSON.parse(text as string)) : canonical)
        for (const [i, value] of canonical.entries()) if (typeof value === 'string') expect(rows[i]?.[1]).toBe(value)
      }),
      { numRuns: runs(20) },
    )
  })

  it('keeps infinities, NaN and nulls', async () => {
    const floats = [Infinity, -Infinity, Number.NaN, null, 5e-324]
    mirror.apply(
      floats.map((value, i) => ({ table: 0, key: [1000 + i], row: rowWith(1000 + i, 5, value) })),
      2,
    )
    const { rows } = await mirror.query('select a_float, a_text from everything where id >= 1000 order by id')
    expect(rows).toEqual(floats.map((value) => [value, null]))
    const bits = await mirror.query("select encode(float8send(a_float), 'hex') from everything where id = 1002")
    expect(bits.rows).toEqual([['7ff8000000000000']])
  })

  it('finds rows again by keys of every type', async () => {
    const key = fc.tuple(
      ...(['a_boolean', 'a_smallint', 'a_bigint'] as const).map((name) => VALUES[name] as fc.Arbitrary<Value>),
      fc
        .integer({ min: -999_999, max: 999_999 })
        .map((n) => `${n < 0 ? '-' : ''}${Math.floor(Math.abs(n) / 100)}.${two(Math.abs(n) % 100)}`),
      fc.string({ unit: 'binary', maxLength: 20 }).map((text) => text.replaceAll('\0', '')),
      fc.uint8Array({ maxLength: 20 }),
      ...(['a_uuid', 'a_date', 'a_time'] as const).map((name) => VALUES[name] as fc.Arbitrary<Value>),
    )
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(key, { selector: nameOf, minLength: 2, maxLength: 20 }), async (all) => {
        const first = all.map((k) => ({ table: 1, key: k as Row, row: [...k, 1] as Row }))
        mirror.apply(first, 3)
        await mirror.query('select 1')
        mirror.apply([...first.slice(1).map((change) => ({ ...change, row: [...change.key, 2] })), { ...first[0]!, row: undefined }], 4)
        const { rows } = await mirror.query('select count(*), min(value), max(value) from "order"')
        expect(rows).toEqual([[all.length - 1, 2, 2]])
        mirror.apply(
          all.map((k) => ({ table: 1, key: k as Row, row: undefined })),
          5,
        )
        expect((await mirror.query('select count(*) from "order"')).rows).toEqual([[0]])
      }),
      { numRuns: runs(10) },
    )
  })
})

async function jsonb(text: string): Promise<string> {
  const { rows } = await mirror.query('select $1::jsonb::text', [text])
  return rows[0]?.[0] as string
}

function rowWith(id: number, number: number, value: Value): Row {
  return everything.columns.map((_, i) => (i === 0 ? id : i === number ? value : null))
}

function nameOf(key: readonly unknown[]): string {
  return key.map((part) => (part instanceof Uint8Array ? toHex(fromHex(toHex(part))) : String(part))).join('|')
}
