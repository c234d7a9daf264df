/** Numeric values as bytes that sort as the numbers do: sign, decimal exponent, pairs of digits. protocol.md §8. */
import { FoldbError } from '@foldb/abi'
import type { ByteReader } from './byte-reader.ts'
import type { ByteWriter } from './byte-writer.ts'
import { scanDecimal, skipZeros } from './numeric.ts'

const NEGATIVE = 0x00
const ZERO = 0x01
const POSITIVE = 0x02
const EXPONENT_BIAS = 0x8000
const END = 0x00

/** Writes a canonical numeric text. */
export function writeNumericKey(writer: ByteWriter, text: string): void {
  const parsed = scanDecimal(text, 0)
  if (parsed === undefined) throw new FoldbError('bad-key', `expected canonical numeric text, got ${JSON.stringify(text.slice(0, 40))}`)
  const all = parsed.integer + parsed.fraction
  const zeros = skipZeros(all)
  if (zeros === all.length) {
    writer.byte(ZERO)
    return
  }
  const flip = parsed.negative ? 0xff : 0
  writer.byte(parsed.negative ? NEGATIVE : POSITIVE)
  const exponent = parsed.integer.length - zeros + EXPONENT_BIAS
  writer.byte((exponent >>> 8) ^ flip)
  writer.byte((exponent & 0xff) ^ flip)
  let end = all.length
  while (all[end - 1] === '0') end--
  for (let at = zeros; at < end; at += 2) writer.byte((Number(all.slice(at, at + 2).padEnd(2, '0')) + 1) ^ flip)
  writer.byte(END ^ flip)
}

/** Reads what {@link writeNumericKey} wrote for a column of this scale: its canonical text, if the digits fit the scale. */
export function readNumericKey(reader: ByteReader, scale: number): string {
  const start = reader.offset
  const sign = reader.byte()
  if (sign === ZERO) return scale === 0 ? '0' : `0.${'0'.repeat(scale)}`
  if (sign !== NEGATIVE && sign !== POSITIVE) reader.refuse(`expected a sign 0, 1 or 2, got ${sign}`, start)
  const flip = sign === NEGATIVE ? 0xffff : 0
  const exponent = (reader.uint16() ^ flip) - EXPONENT_BIAS
  const digits = readDigits(reader, flip & 0xff)
  const integer = Math.max(0, exponent)
  if (digits.length - exponent > scale || integer > 1000) reader.refuse(`expected a number of scale ${scale}`, start)
  const all = '0'.repeat(Math.max(0, -exponent)) + digits
  const text = all.slice(0, integer).padEnd(Math.max(1, integer), '0')
  const fraction = all.slice(integer).padEnd(scale, '0')
  return `${sign === NEGATIVE ? '-' : ''}${text}${scale === 0 ? '' : `.${fraction}`}`
}

/** Significant digits: none zero at either end. */
function readDigits(reader: ByteReader, flip: number): string {
  const start = reader.offset
  let digits = ''
  for (let byte = reader.byte() ^ flip; byte !== END; byte = reader.byte() ^ flip) {
    if (byte > 100) reader.refuse('expected two digits as 1 … 100', reader.offset - 1)
    digits += String(byte - 1).padStart(2, '0')
  }
  if (digits === '' || digits[0] === '0' || digits.endsWith('00')) reader.refuse('expected digits without zeros at either end', start)
  return digits.endsWith('0') ? digits.slice(0, -1) : digits
}
