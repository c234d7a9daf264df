/** Numeric inside a key: protocol.md §8. */
import { concat, refuse, take, takeByte, takeUnsigned, u16, u8, type Reader } from './bytes.ts'

const flip = (bytes: Uint8Array): Uint8Array => bytes.map((byte) => 255 - byte)

export function encodeNumeric(text: string): Uint8Array {
  const [, sign, whole = '', fraction = ''] = /^(-?)([0-9]+)(?:\.([0-9]+))?$/.exec(text) ?? refuse('no numeric')
  const all = `${whole.replace(/^0+/, '')}${fraction}`
  const significant = all.replace(/^0+/, '').replace(/0+$/, '')
  if (significant === '') return u8(1)
  const exponent = whole === '0' ? -(fraction.length - fraction.replace(/^0+/, '').length) : whole.length
  const even = significant.length % 2 === 0 ? significant : `${significant}0`
  const pairs = even.match(/../g) ?? []
  const body = concat(u16(exponent + 32_768), ...pairs.map((pair) => u8(Number(pair) + 1)), u8(0))
  return sign === '-' ? concat(u8(0), flip(body)) : concat(u8(2), body)
}

/** A decimal with any number of fraction digits; its column decides about the rest. */
export function takeNumeric(input: Reader): string {
  const mark = takeByte(input)
  if (mark === 1) return '0'
  if (mark !== 0 && mark !== 2) refuse('no numeric')
  const turn = (bytes: Uint8Array): Uint8Array => (mark === 0 ? flip(bytes) : bytes)
  const exponent = Number(takeUnsigned({ bytes: turn(take(input, 2)), at: 0 }, 2)) - 32_768
  let digits = ''
  for (;;) {
    const pair = Number(turn(take(input, 1))[0])
    if (pair === 0) break
    if (pair > 100) refuse('pair of digits')
    digits += String(pair - 1).padStart(2, '0')
  }
  if (digits === '' || digits.startsWith('0') || digits.endsWith('00')) refuse('digits of a numeric')
  if (Math.abs(exponent) > 1000) refuse('exponent of a numeric')
  const trimmed = digits.replace(/0$/, '')
  const whole = exponent <= 0 ? '0' : trimmed.slice(0, exponent).padEnd(exponent, '0')
  const fraction = exponent <= 0 ? '0'.repeat(-exponent) + trimmed : trimmed.slice(exponent)
  return `${mark === 0 ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`
}
