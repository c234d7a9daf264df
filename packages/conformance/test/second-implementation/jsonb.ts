/** The canonical text of jsonb: protocol.md §7. */
import { compareAscii, refuse, toHex, utf8 } from './bytes.ts'
import { parseJson, type Json } from './json.ts'

interface Parts {
  readonly negative: boolean
  /** Significant digits, without zeros at the beginning; empty for a zero. */
  readonly digits: string
  /** Zeros to write after the digits. */
  readonly zeros: bigint
  /** Digits after the point. */
  readonly places: bigint
}

function partsOf(number: string): Parts {
  const [, sign, whole = '', fraction = '', exponent = '0'] =
    /^(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?$/.exec(number) ?? refuse('22P02')
  const shift = BigInt(exponent.replace('+', '')) - BigInt(fraction.length)
  const digits = (whole + fraction).replace(/^0+/, '')
  return {
    negative: sign === '-' && digits !== '',
    digits,
    zeros: digits === '' || shift < 0n ? 0n : shift,
    places: shift < 0n ? -shift : 0n,
  }
}

function wholeDigits({ digits, zeros, places }: Parts): bigint {
  const count = BigInt(digits.length) + zeros - places
  return count < 1n ? 1n : count
}

function checkNumber(number: string): void {
  const parts = partsOf(number)
  if (wholeDigits(parts) + parts.places > 1000n) refuse('22003')
}

function writeNumber(number: string): string {
  const parts = partsOf(number)
  const places = Number(parts.places)
  const all = (parts.digits + '0'.repeat(Number(parts.zeros))).padStart(places + 1, '0')
  const point = all.length - places
  return `${parts.negative ? '-' : ''}${all.slice(0, point)}${places === 0 ? '' : `.${all.slice(point)}`}`
}

const SHORT: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
}

function writeString(text: string): string {
  const inside = [...text].map(
    (character) => SHORT[character] ?? (character < ' ' ? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}` : character),
  )
  return `"${inside.join('')}"`
}

function write(json: Json): string {
  if (json === null || typeof json === 'boolean') return String(json)
  if ('number' in json) return writeNumber(json.number)
  if ('string' in json) return writeString(json.string)
  if ('array' in json) return `[${json.array.map(write).join(', ')}]`
  const members = [...new Map(json.object)].map(([name, member]) => ({ name, bytes: utf8(name), member }))
  members.sort((a, b) => a.bytes.length - b.bytes.length || compareAscii(toHex(a.bytes), toHex(b.bytes)))
  return `{${members.map(({ name, member }) => `${writeString(name)}: ${write(member)}`).join(', ')}}`
}

export const canonicalJson = (text: string): string => write(parseJson(text, { depth: 64, checkNumber, refuseNul: true }))
