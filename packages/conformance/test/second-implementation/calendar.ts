/** Dates and timestamps: protocol.md §7. */
import { refuse } from './bytes.ts'

const bad = (): never => refuse('22007')
const two = (value: bigint): string => String(value).padStart(2, '0')
const isLeap = (year: bigint): boolean => year % 4n === 0n && (year % 100n !== 0n || year % 400n === 0n)
const monthDays = (year: bigint): bigint[] => [31n, isLeap(year) ? 29n : 28n, 31n, 30n, 31n, 30n, 31n, 31n, 30n, 31n, 30n, 31n]

/** Days of the years before this one, counted from 0001-01-01. */
const daysBefore = (year: bigint): bigint => (year - 1n) * 365n + (year - 1n) / 4n - (year - 1n) / 100n + (year - 1n) / 400n
const EPOCH = daysBefore(1970n)
export const FIRST_DAY: bigint = -EPOCH
export const LAST_DAY: bigint = daysBefore(10_000n) - EPOCH - 1n
const DAY = 86_400_000_000n

/** Days since 1970-01-01. */
export function parseDate(text: string): bigint {
  const [, year, month, day] = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(text)?.map(Number) ?? bad()
  const lengths = monthDays(BigInt(year ?? 0))
  const length = lengths[Number(month) - 1]
  if (year === 0 || length === undefined || day === 0 || BigInt(day ?? 0) > length) return bad()
  const before = lengths.slice(0, Number(month) - 1).reduce((sum, days) => sum + days, 0n)
  return daysBefore(BigInt(year ?? 0)) + before + BigInt(day ?? 0) - 1n - EPOCH
}

export function formatDate(days: bigint): string {
  if (days < FIRST_DAY || days > LAST_DAY) return bad()
  const fromStart = days + EPOCH
  let year = fromStart / 366n + 1n
  while (daysBefore(year + 1n) <= fromStart) year++
  let day = fromStart - daysBefore(year)
  let month = 0
  const lengths = monthDays(year)
  while (day >= (lengths[month] ?? 0n)) day -= lengths[month++] ?? 0n
  return `${String(year).padStart(4, '0')}-${two(BigInt(month + 1))}-${two(day + 1n)}`
}

const TIMESTAMP = /^(.{10})[ T]([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,6}))?(?:Z|([+-])([0-9]{2})(?::([0-9]{2}))?)$/s

/** Microseconds since 1970-01-01 00:00:00 UTC. */
export function parseTimestamp(text: string): bigint {
  const [, date = '', hour = '0', minute = '0', second = '0', fraction = '', sign = '+', offHour = '0', offMinute = '0'] =
    TIMESTAMP.exec(text) ?? bad()
  const days = parseDate(date)
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59 || Number(offHour) > 15 || Number(offMinute) > 59) bad()
  const seconds = BigInt(hour) * 3600n + BigInt(minute) * 60n + BigInt(second)
  const offset = (BigInt(offHour) * 60n + BigInt(offMinute)) * 60n
  const utc = seconds - (sign === '-' ? -offset : offset)
  return checked(days * DAY + utc * 1_000_000n + BigInt(fraction.padEnd(6, '0')))
}

function checked(microseconds: bigint): bigint {
  return microseconds >= FIRST_DAY * DAY && microseconds < (LAST_DAY + 1n) * DAY ? microseconds : bad()
}

export function formatTimestamp(microseconds: bigint): string {
  const inDay = ((checked(microseconds) % DAY) + DAY) % DAY
  const seconds = inDay / 1_000_000n
  const fraction = String(inDay % 1_000_000n)
    .padStart(6, '0')
    .replace(/0+$/, '')
  const clock = [seconds / 3600n, (seconds / 60n) % 60n, seconds % 60n].map(two).join(':')
  return `${formatDate((microseconds - inDay) / DAY)} ${clock}${fraction === '' ? '' : `.${fraction}`}+00`
}
