/** Canonical decimal text to PostgreSQL's binary numeric: digits of base 10 000, the weight of the first, sign, scale. */
import { Fault } from '@foldb/abi'
import type { WireWriter } from './wire-writer.ts'

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/
const NEGATIVE = 0x4000

/** Writes the value's body, without a length. */
export function writeNumeric(writer: WireWriter, text: string): void {
  const match = DECIMAL.exec(text)
  if (match === null) throw new Fault('bad-mirror-value', `expected a decimal number, got ${JSON.stringify(text.slice(0, 80))}`)
  const whole = match[2] as string
  const fraction = match[3] ?? ''
  const digits = whole.padStart(4 * Math.ceil(whole.length / 4), '0') + fraction.padEnd(4 * Math.ceil(fraction.length / 4), '0')
  const groups = Array.from({ length: digits.length / 4 }, (_, i) => Number(digits.slice(4 * i, 4 * i + 4)))
  const first = groups.findIndex((group) => group !== 0)
  const last = groups.findLastIndex((group) => group !== 0)
  const count = first < 0 ? 0 : last - first + 1
  writer.int16(count)
  writer.int16(count === 0 ? 0 : Math.ceil(whole.length / 4) - 1 - first)
  writer.int16(count > 0 && match[1] === '-' ? NEGATIVE : 0)
  writer.int16(fraction.length)
  for (let i = 0; i < count; i++) writer.int16(groups[first + i] as number)
}
