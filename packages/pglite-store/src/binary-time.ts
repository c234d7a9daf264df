/** Canonical texts of date and timestamptz (years 0001–9999, UTC) to PostgreSQL's counts from 2000-01-01. */
import { Fault } from '@foldb/abi'

const DATE = /^(\d{4})-(\d\d)-(\d\d)$/
const TIMESTAMP = /^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?\+00$/
const EPOCH_DAYS = daysOfDate(2000, 1, 1)

/** Days since 2000-01-01. */
export function pgDays(text: string): number {
  const match = DATE.exec(text)
  if (match === null) throw badTime('a date', 'YYYY-MM-DD', text)
  return daysOfDate(Number(match[1]), Number(match[2]), Number(match[3])) - EPOCH_DAYS
}

/** Microseconds since 2000-01-01 00:00 UTC. */
export function pgMicroseconds(text: string): bigint {
  const match = TIMESTAMP.exec(text)
  if (match === null) throw badTime('a timestamptz', 'YYYY-MM-DD HH:MM:SS[.ffffff]+00', text)
  const days = daysOfDate(Number(match[1]), Number(match[2]), Number(match[3])) - EPOCH_DAYS
  const seconds = days * 86_400 + Number(match[4]) * 3600 + Number(match[5]) * 60 + Number(match[6])
  return BigInt(seconds) * 1_000_000n + BigInt((match[7] ?? '').padEnd(6, '0'))
}

/** Days of the proleptic Gregorian calendar, counted in eras of 400 years that begin in March. */
function daysOfDate(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
}

function badTime(what: string, form: string, text: string): Fault {
  return new Fault('bad-mirror-value', `expected ${what} in its canonical form ${form}, got ${JSON.stringify(text.slice(0, 80))}`)
}
