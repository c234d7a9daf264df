import { describe, expect, it } from 'vitest'
import {
  canonicalDate,
  canonicalTimestamptz,
  dateOfDays,
  DAYS_MAX,
  DAYS_MIN,
  daysOfDate,
  MICROS_MAX,
  MICROS_MIN,
  microsOfTimestamptz,
  timestamptzOfMicros,
} from './calendar.ts'

describe('days', () => {
  it('count as the platform counts, over every day of eight centuries and the ends', () => {
    const spans = [
      [DAYS_MIN, DAYS_MIN + 800],
      [-140_000, 160_000],
      [DAYS_MAX - 800, DAYS_MAX],
    ] as const
    for (const [first, last] of spans) {
      for (let days = first; days <= last; days += 1) {
        const text = dateOfDays(days)
        if (text !== new Date(days * 86_400_000).toISOString().slice(0, 10) || daysOfDate(text) !== days) expect(text).toBe(days)
      }
    }
  })

  it('reach from 0001-01-01 to 9999-12-31', () => {
    expect(dateOfDays(DAYS_MIN)).toBe('0001-01-01')
    expect(dateOfDays(DAYS_MAX)).toBe('9999-12-31')
    expect(daysOfDate('1970-01-01')).toBe(0)
  })

  it('know the last day of every month', () => {
    const lastDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    for (const [month, last] of lastDays.entries()) {
      const prefix = `2023-${String(month + 1).padStart(2, '0')}-`
      expect(canonicalDate(prefix + last)).toBe(prefix + last)
      expect(() => canonicalDate(`${prefix}${last + 1}`)).toThrow('22007')
    }
    for (const leap of ['2024-02-29', '2000-02-29', '0004-02-29']) expect(canonicalDate(leap)).toBe(leap)
    for (const none of ['2024-02-30', '1900-02-29', '2100-02-29']) expect(() => canonicalDate(none)).toThrow('22007')
  })
})

describe('timestamptz', () => {
  it('comes back from its microseconds', () => {
    for (const micros of [
      MICROS_MIN,
      MICROS_MAX,
      0n,
      -1n,
      1n,
      -1_000_000n,
      999_999n,
      1_709_200_800_500_000n,
      -(2n ** 53n),
      2n ** 53n,
      2n ** 53n - 1n,
    ]) {
      const text = timestamptzOfMicros(micros)
      expect(canonicalTimestamptz(text)).toBe(text)
      expect(BigInt(microsOfTimestamptz(text))).toBe(micros)
      expect(typeof microsOfTimestamptz(text)).toBe(Number.isSafeInteger(Number(micros)) ? 'number' : 'bigint')
    }
    expect(timestamptzOfMicros(MICROS_MIN)).toBe('0001-01-01 00:00:00+00')
    expect(timestamptzOfMicros(MICROS_MAX)).toBe('9999-12-31 23:59:59.999999+00')
    expect(timestamptzOfMicros(-1n)).toBe('1969-12-31 23:59:59.999999+00')
  })

  it('is moved to UTC', () => {
    expect(canonicalTimestamptz('2024-02-29T12:00:00.500+02:00')).toBe('2024-02-29 10:00:00.5+00')
    expect(canonicalTimestamptz('2024-02-29 23:30:00-00:45')).toBe('2024-03-01 00:15:00+00')
    expect(canonicalTimestamptz('2024-01-01 00:00:00+15:59')).toBe('2023-12-31 08:01:00+00')
    expect(canonicalTimestamptz('2024-01-01 00:00:00.000000Z')).toBe('2024-01-01 00:00:00+00')
  })

  it('has to lie in years 0001–9999 in UTC', () => {
    expect(canonicalTimestamptz('0001-01-01 00:00:01+00')).toBe('0001-01-01 00:00:01+00')
    expect(() => canonicalTimestamptz('0001-01-01 00:59:59+01')).toThrow('22007')
    expect(canonicalTimestamptz('0001-01-01 01:00:00+01')).toBe('0001-01-01 00:00:00+00')
    expect(() => canonicalTimestamptz('9999-12-31 23:00:00-01')).toThrow('22007')
  })
})
