/** Canonical values are PostgreSQL's own text: protocol.md §7, on generated values in a real PostgreSQL. */
import { type ColumnType, DbError } from '@foldb/abi'
import type { PGlite } from '@electric-sql/pglite'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { canonicalValue } from '../src/index.ts'
import { dateText, jsonText, NUMERICS, numericText, timestamptzText } from './arbitraries.ts'
import { sqlType, startPostgres } from './postgres.ts'
import { runs } from './runs.ts'
import { readVectors, type TaggedValue, untag } from './vectors.ts'

let db: PGlite

beforeAll(async () => {
  db = await startPostgres()
})

afterAll(async () => {
  await db.close()
})

interface Answer {
  readonly text: string
  readonly refusal: string | null
}

/** PostgreSQL's text of each input, and the SQLSTATE where it refuses. */
async function askPostgres(type: string, texts: readonly string[]): Promise<(Answer & { readonly canonical: string | null })[]> {
  const { rows } = await db.query<Answer & { canonical: string | null }>(
    `SELECT text, sql_error_code AS refusal, CASE WHEN sql_error_code IS NULL THEN text::${type}::text END AS canonical
     FROM unnest($1::text[]) WITH ORDINALITY AS listed(text, n), pg_input_error_info(text, $2) ORDER BY n`,
    [texts, type],
  )
  return rows
}

function ours(type: ColumnType, text: string): string {
  try {
    return canonicalValue(type, text) as string
  } catch (error) {
    if (!DbError.is(error)) throw error
    return error.sqlstate
  }
}

async function expectSameText(
  type: ColumnType,
  texts: readonly string[],
  refusals: Readonly<Record<string, string>> = {},
): Promise<number> {
  const answers = await askPostgres(sqlType(type), texts)
  expect(answers).toHaveLength(texts.length)
  for (const { text, refusal, canonical } of answers) {
    const expected = canonical ?? refusals[refusal!] ?? refusal
    expect({ text, canonical: ours(type, text) }).toEqual({ text, canonical: expected })
  }
  return answers.filter(({ canonical }) => canonical !== null).length
}

describe('canonical values are PostgreSQL’s text', () => {
  for (const type of NUMERICS as readonly { readonly numeric: { precision: number; scale: number } }[]) {
    it(sqlType(type), async () => {
      const texts = fc.sample(numericText(type.numeric.precision, type.numeric.scale), runs(400))
      expect(await expectSameText(type, texts)).toBeGreaterThan(100)
    })
  }

  it('date', async () => {
    expect(await expectSameText('date', fc.sample(dateText, runs(500)), { '22008': '22007' })).toBeGreaterThan(300)
  })

  it('timestamptz', async () => {
    const texts = fc.sample(timestamptzText, runs(500)).filter((text) => !/^(0001-01-01|9999-12-31)/.test(text))
    expect(await expectSameText('timestamptz', texts, { '22008': '22007' })).toBeGreaterThan(300)
  })

  it('uuid', async () => {
    const texts = fc.sample(
      fc.tuple(fc.uuid(), fc.boolean()).map(([text, upper]) => (upper ? text.toUpperCase() : text)),
      runs(100),
    )
    expect(await expectSameText('uuid', texts)).toBe(texts.length)
  })

  it('jsonb', async () => {
    const texts = fc.sample(jsonText, runs(600))
    expect(await expectSameText('jsonb', texts)).toBe(texts.length)
  })

  it('jsonb with long numbers', async () => {
    const texts = Array.from({ length: 30 }, (_, i) => `[1.${'0'.repeat(i)}5e${i * 30}, -12.5e-${i * 20}, 0.00e${i - 15}]`)
    expect(await expectSameText('jsonb', texts)).toBe(texts.length)
  })
})

describe('the vectors are PostgreSQL’s text', () => {
  const cases = readVectors<{ type: ColumnType; value: TaggedValue; canonical: TaggedValue }>('values')
  const texts = cases.flatMap(({ type, value, canonical }) => {
    const [raw, stored] = [untag(value), untag(canonical)]
    return type !== 'text' && typeof raw === 'string' && typeof stored === 'string' ? [{ type, raw, stored }] : []
  })

  it.each(texts.filter(({ raw }) => raw !== '0e99999999999'))('$type $raw', async ({ type, raw, stored }) => {
    expect((await askPostgres(sqlType(type), [raw]))[0]).toMatchObject({ refusal: null, canonical: stored })
  })
})

describe('jsonb is refused as PostgreSQL refuses it', () => {
  const spoil = fc.constantFrom(
    '',
    '"',
    '\\',
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '0',
    '1',
    '-',
    '.',
    'e',
    'u',
    'n',
    ' ',
    '\n',
    '\u0001',
    '\\u0000',
    '\\ud800',
    '\\udc00',
    '\\u00',
    'é',
    '\u00a0',
  )

  it('after one change anywhere', async () => {
    const spoiled = fc.tuple(jsonText, fc.nat(), spoil, fc.nat({ max: 1 })).map(([text, where, piece, cut]) => {
      const points = [...text]
      points.splice(where % (points.length + 1), cut, piece)
      return points.join('')
    })
    const texts = fc.sample(spoiled, runs(1000))
    const accepted = await expectSameText('jsonb', texts)
    expect(accepted).toBeGreaterThan(100)
    expect(accepted).toBeLessThan(texts.length - 100)
  })
})
