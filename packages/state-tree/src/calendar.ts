/** Days and microseconds since 1970-01-01 UTC, in the proleptic Gregorian calendar, years 0001–9999. protocol.md §7. */
import { DbError, integerOf } from '@foldb/abi'

export const DAYS_MIN = -719_162
export const DAYS_MAX = 2_932_896
export const MICROS_MIN = -62_135_596_800_000_000n
export const MICROS_MAX = 253_402_300_799_999_999n

const DATE = /^\d{4}-\d{2}-\d{2}$/
const TIMESTAMPTZ = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,6}))?(?:Z|([+-])(\d{2})(?::(\d{2}))?)$/
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const
const SECONDS_PER_DAY = 86_400

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

function daysInMonth(year: number, month: number): number {
  return month === 2 && isLeap(year) ? 29 : (MONTH_DAYS[month - 1] ?? 0)
}

/** Days of a civil date; years are counted from March, so that the leap day is the last of its year. */
function daysOfCivil(year: number, month: number, day: number): number {
  const marchYear = month <= 2 ? year - 1 : year
  const marchMonth = (month + 9) % 12
  const dayOfYear = Math.floor((153 * marchMonth + 2) / 5) + day - 1
  const leapDays = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400)
  return 365 * marchYear + leapDays + dayOfYear - 719_468
}

/** Days since 1970-01-01 of a date `YYYY-MM-DD`, or undefined when there is no such day in years 0001–9999. */
function parseDate(text: string): number | undefined {
  if (!DATE.test(text)) return undefined
  const year = Number(text.slice(0, 4))
  const month = Number(text.slice(5, 7))
  const day = Number(text.slice(8, 10))
  return year < 1 || day < 1 || day > daysInMonth(year, month) ? undefined : daysOfCivil(year, month, day)
}

/** Days since 1970-01-01 of a canonical date. */
export function daysOfDate(text: string): number {
  return parseDate(text)!
}

/** `YYYY-MM-DD` of days within {@link DAYS_MIN} … {@link DAYS_MAX}. */
export function dateOfDays(days: number): string {
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1
  const year = 400 * era + yearOfEra + (month <= 2 ? 1 : 0)
  return `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(day)}`
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : String(value)
}

/**
 * A date as it is stored: the text itself.
 * @throws DbError 22007 for another form or a day that does not exist.
 */
export function canonicalDate(text: string): string {
  if (parseDate(text) === undefined) throw new DbError('22007')
  return text
}

/**
 * A point in time as it is stored: UTC, `+00`, no trailing zeros in the fraction.
 * @throws DbError 22007 for another form, a field out of range, or a point outside the years 0001–9999 in UTC.
 */
export function canonicalTimestamptz(text: string): string {
  const match = TIMESTAMPTZ.exec(text)
  if (match === null) throw new DbError('22007')
  const days = parseDate(match[1]!)
  const [hours, minutes, seconds] = [Number(match[2]), Number(match[3]), Number(match[4])]
  const [zoneHours, zoneMinutes] = [Number(match[7] ?? 0), Number(match[8] ?? 0)]
  if (days === undefined || hours > 23 || minutes > 59 || seconds > 59 || zoneHours > 15 || zoneMinutes > 59) throw new DbError('22007')
  const zone = (zoneHours * 3600 + zoneMinutes * 60) * (match[6] === '-' ? -1 : 1)
  const local = days * SECONDS_PER_DAY + hours * 3600 + minutes * 60 + seconds
  return formatTimestamptz(local - zone, (match[5] ?? '').padEnd(6, '0'))
}

/** Seconds since 1970-01-01 UTC and six digits of their fraction, as text. */
function formatTimestamptz(seconds: number, fraction: string): string {
  const days = Math.floor(seconds / SECONDS_PER_DAY)
  if (days < DAYS_MIN || days > DAYS_MAX) throw new DbError('22007')
  const rest = seconds - days * SECONDS_PER_DAY
  const clock = `${twoDigits(Math.floor(rest / 3600))}:${twoDigits(Math.floor(rest / 60) % 60)}:${twoDigits(rest % 60)}`
  let digits = fraction.length
  while (digits > 0 && fraction[digits - 1] === '0') digits--
  return `${dateOfDays(days)} ${clock}${digits === 0 ? '' : `.${fraction.slice(0, digits)}`}+00`
}

/** Microseconds since 1970-01-01 UTC of a canonical timestamptz, in the one form of an integer. */
export function microsOfTimestamptz(text: string): number | bigint {
  const seconds =
    daysOfDate(text.slice(0, 10)) * SECONDS_PER_DAY +
    Number(text.slice(11, 13)) * 3600 +
    Number(text.slice(14, 16)) * 60 +
    Number(text.slice(17, 19))
  const micros = text[19] === '.' ? Number(text.slice(20, -3).padEnd(6, '0')) : 0
  const sum = seconds * 1_000_000 + micros
  return Number.isSafeInteger(sum) ? sum : integerOf(BigInt(seconds) * 1_000_000n + BigInt(micros))
}

/** The canonical timestamptz of microseconds within {@link MICROS_MIN} … {@link MICROS_MAX}. */
export function timestamptzOfMicros(micros: bigint): string {
  const fraction = ((micros % 1_000_000n) + 1_000_000n) % 1_000_000n
  return formatTimestamptz(Number((micros - fraction) / 1_000_000n), String(fraction).padStart(6, '0'))
}
