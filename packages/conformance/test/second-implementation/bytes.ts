/** Byte strings and the numbers inside them: protocol.md §1. */

/** What this implementation throws when it refuses something; `code` is an SQLSTATE where the protocol gives one. */
export class Refused extends Error {
  readonly code: string
  constructor(code: string) {
    super(code)
    this.code = code
  }
}

export function refuse(code: string): never {
  throw new Refused(code)
}

export const fromHex = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'))
export const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
export const concat = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts))
export const equal = (a: Uint8Array, b: Uint8Array): boolean => toHex(a) === toHex(b)

/** Order of unsigned bytes, a beginning first. Two hexadecimal digits a byte have the same order. */
export const compare = (a: Uint8Array, b: Uint8Array): number => compareAscii(toHex(a), toHex(b))
export const compareAscii = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** An unsigned integer of `size` bytes, big-endian. */
export function unsigned(size: number, value: number | bigint): Uint8Array {
  return fromHex(
    BigInt(value)
      .toString(16)
      .padStart(2 * size, '0'),
  )
}
export const u8 = (value: number): Uint8Array => unsigned(1, value)
export const u16 = (value: number): Uint8Array => unsigned(2, value)
export const u32 = (value: number): Uint8Array => unsigned(4, value)
export const u64 = (value: number | bigint): Uint8Array => unsigned(8, value)
export const toUnsigned = (bytes: Uint8Array): bigint => BigInt(`0x0${toHex(bytes)}`)

export function floatBytes(value: number): Uint8Array {
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleBE(value)
  return Number.isNaN(value) ? fromHex('7ff8000000000000') : new Uint8Array(bytes)
}
export const toFloat = (bytes: Uint8Array): number => Buffer.from(bytes).readDoubleBE()

export function varint(value: bigint): Uint8Array {
  return value < 128n ? u8(Number(value)) : concat(u8(Number(value & 127n) + 128), varint(value >> 7n))
}

export const isWellFormed = (text: string): boolean => !/\p{Surrogate}/u.test(text)

export function utf8(text: string): Uint8Array {
  if (!isWellFormed(text)) refuse('text with a lone surrogate')
  return new Uint8Array(Buffer.from(text, 'utf8'))
}

export function fromUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return refuse('ill-formed UTF-8')
  }
}

/** Bytes read from the left; nothing can be read past the end. */
export interface Reader {
  readonly bytes: Uint8Array
  at: number
}

export const reader = (bytes: Uint8Array): Reader => ({ bytes, at: 0 })
export const left = (input: Reader): number => input.bytes.length - input.at

export function take(input: Reader, count: number | bigint): Uint8Array {
  if (count > left(input)) refuse('bytes missing')
  const at = input.at
  input.at += Number(count)
  return input.bytes.slice(at, input.at)
}

export const takeUnsigned = (input: Reader, size: number): bigint => toUnsigned(take(input, size))
export const takeByte = (input: Reader): number => Number(takeUnsigned(input, 1))

export function takeVarint(input: Reader): bigint {
  let value = 0n
  for (let i = 0n; i < 10n; i++) {
    const byte = takeByte(input)
    value |= BigInt(byte & 127) << (7n * i)
    if (byte < 128) {
      if (byte === 0 && i > 0n) refuse('varint that is not shortest')
      return value < 1n << 64n ? value : refuse('varint of more than 64 bits')
    }
  }
  return refuse('varint of more than 10 bytes')
}

export function finish(input: Reader): void {
  if (left(input) > 0) refuse('bytes left over')
}
