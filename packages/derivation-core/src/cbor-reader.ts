/** Reads the strict CBOR of protocol.md §2 from one byte string, item by item; accepts only what the encoder would have written. */
import { DIGEST_BYTES, FoldbError, integerOf, type Digest, type Value } from '@foldb/abi'
import { NAME, NAME_BYTES_MAX, nameOfBytes } from './name.ts'
import { decodeUtf8 } from './utf8.ts'

const MAJOR = ['integer', 'negative integer', 'bytes', 'text', 'array', 'map', 'tag', 'simple value or float'] as const
const INT64_MAX = 0x7fffffffffffffffn

/** Fields that every refusal of bytes carries. */
export interface ByteErrorFields {
  readonly offset: number
  readonly expected: string
  readonly got: string
}

/** A cursor over bytes. Every method throws a FoldbError with the code given here and the fields `offset`, `expected`, `got`. */
export class CborReader {
  readonly bytes: Uint8Array
  readonly code: string
  at = 0

  constructor(bytes: Uint8Array, code: string) {
    this.bytes = bytes
    this.code = code
  }

  fail(expected: string, got: string, offset: number = this.at): never {
    const fields: ByteErrorFields = { offset, expected, got }
    throw new FoldbError(this.code, `${this.code.replace('-', ' ')} at byte ${offset}: expected ${expected}, got ${got}`, {
      fields: { ...fields },
    })
  }

  /** What stands at the cursor, for an error text. */
  describe(): string {
    const first = this.bytes[this.at]
    return first === undefined ? 'the end' : `${MAJOR[first >> 5]!} (0x${first.toString(16).padStart(2, '0')})`
  }

  /** The argument of a head of one major type, below 2^53; lengths, counts and small integers. */
  head(major: number, expected: string): number {
    const start = this.at
    const first = this.bytes[start]
    if (first === undefined || first >> 5 !== major) this.fail(expected, this.describe())
    const info = first & 31
    this.at = start + 1
    if (info < 24) return info
    const value = this.longArgument(info, start)
    return typeof value === 'number' ? value : this.fail(expected, 'a number beyond 2^53', start)
  }

  /** The argument in the 1, 2, 4 or 8 bytes after a head at `start`; a number within 2^53−1, else a bigint. */
  private longArgument(info: number, start: number): number | bigint {
    if (info > 27) this.fail('a definite length', 'an indefinite or reserved one', start)
    const width = 1 << (info - 24)
    const from = start + 1
    if (from + width > this.bytes.length) this.fail(`${width} bytes of a length or integer`, 'the end', start)
    this.at = from + width
    if (width === 1) return this.minimal(this.bytes[from]!, 24, start)
    if (width === 2) return this.minimal((this.bytes[from]! << 8) | this.bytes[from + 1]!, 0x100, start)
    const high = this.uint32(from)
    if (width === 4) return this.minimal(high, 0x10000, start)
    this.minimal(high, 1, start)
    const low = this.uint32(from + 4)
    return high < 0x200000 ? high * 0x100000000 + low : (BigInt(high) << 32n) | BigInt(low)
  }

  private uint32(at: number): number {
    const bytes = this.bytes
    return ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0
  }

  private minimal(value: number, least: number, start: number): number {
    return value >= least ? value : this.fail('the shortest form', 'a longer one', start)
  }

  /** A whole number of 64 bits with its sign; its head is at the cursor. */
  private integer(): number | bigint {
    const start = this.at
    const first = this.bytes[start]!
    const info = first & 31
    this.at = start + 1
    const argument = info < 24 ? info : this.longArgument(info, start)
    if (typeof argument === 'bigint' && argument > INT64_MAX) this.fail('an integer of 64 bits with sign', 'a larger one', start)
    if (first >> 5 === 0) return argument
    return typeof argument === 'number' && argument < Number.MAX_SAFE_INTEGER ? -1 - argument : integerOf(-1n - BigInt(argument))
  }

  /** A text of at most `limit` bytes. */
  text(expected: string, limit: number): string {
    const start = this.at
    const length = this.head(3, expected)
    const end = this.span(length, limit, expected, start)
    const text = decodeUtf8(this.bytes, this.at, end) ?? this.fail(`${expected} in UTF-8`, 'other bytes', start)
    this.at = end
    return text
  }

  /** A name of protocol.md §3. */
  name(expected: string): string {
    const start = this.at
    const length = this.head(3, expected)
    const end = this.span(length, NAME_BYTES_MAX, expected, start)
    const name = nameOfBytes(this.bytes, this.at, end)
    if (name === undefined) this.fail(`${expected} like ${NAME.source}`, 'other bytes', start)
    this.at = end
    return name
  }

  /** A copy of a byte string of at most `limit` bytes. */
  byteString(expected: string, limit: number): Uint8Array {
    const start = this.at
    const length = this.head(2, expected)
    const end = this.span(length, limit, expected, start)
    const copy = this.bytes.slice(this.at, end)
    this.at = end
    return copy
  }

  /** Where `length` bytes from the cursor end: checked before anything is taken. */
  private span(length: number, limit: number, expected: string, start: number): number {
    if (length > limit) this.fail(`${expected} of at most ${limit} bytes`, `${length}`, start)
    if (length > this.bytes.length - this.at)
      this.fail(`${length} bytes of ${expected}`, `${this.bytes.length - this.at} until the end`, start)
    return this.at + length
  }

  /** A count of items that take at least `least` bytes each, so that no array is made larger than its bytes. */
  count(major: number, expected: string, least: number): number {
    const start = this.at
    const count = this.head(major, expected)
    if (count * least > this.bytes.length - this.at)
      this.fail(`${count} items of ${expected}`, `${this.bytes.length - this.at} bytes until the end`, start)
    return count
  }

  /** A value that is neither an array nor a map. */
  scalar(limit: number): Value {
    const first = this.bytes[this.at]
    if (first === undefined) this.fail('a value', 'the end')
    switch (first >> 5) {
      case 0:
      case 1:
        return this.integer()
      case 2:
        return this.byteString('bytes', limit)
      case 3:
        return this.text('text', limit)
    }
    if (first === 0xfb) return this.float()
    if (first !== 0xf4 && first !== 0xf5 && first !== 0xf6)
      this.fail('null, boolean, integer, 64-bit float, text or bytes', this.describe())
    this.at++
    return first === 0xf6 ? null : first === 0xf5
  }

  private float(): number {
    const start = this.at
    if (start + 9 > this.bytes.length) this.fail('8 bytes of a float', 'the end')
    const value = new DataView(this.bytes.buffer, this.bytes.byteOffset + start + 1, 8).getFloat64(0)
    if (!Number.isFinite(value)) this.fail('a finite number', String(value))
    if (Number.isSafeInteger(value)) this.fail('an integer for a whole number', Object.is(value, -0) ? 'a float -0' : `a float ${value}`)
    this.at = start + 9
    return value
  }

  /** The next key of a map, which must come after the one that begins at `previous` (or −1): by length, then bytes. */
  key(previous: number, limit: number): string {
    const start = this.at
    const key = this.text('a map key', limit)
    this.checkOrder(previous, start)
    return key
  }

  /** Refuses the key between `start` and the cursor when it does not come after the one that begins at `previous`. */
  checkOrder(previous: number, start: number): void {
    if (previous >= 0 && !this.isAfter(previous, start, this.at))
      this.fail('map keys in ascending order, each once', 'another order', start)
  }

  /** Whether the encoded text at `b` comes after the one at `a`; a shortest head makes longer texts compare greater. */
  private isAfter(a: number, b: number, end: number): boolean {
    const bytes = this.bytes
    for (let i = 0; b + i < end; i++) {
      const difference = bytes[b + i]! - bytes[a + i]!
      if (difference !== 0) return difference > 0
    }
    return false
  }

  /** Exactly these bytes. */
  literal(expected: Uint8Array, name: string): void {
    for (let i = 0; i < expected.length; i++) if (this.bytes[this.at + i] !== expected[i]) this.fail(name, this.describe())
    this.at += expected.length
  }

  /** The head of a map of exactly this many fields. */
  fields(count: number): void {
    const got = this.head(5, `a map of ${count} fields`)
    if (got !== count) this.fail(`a map of ${count} fields`, `one of ${got}`, 0)
  }

  /** The key of the next field. */
  field(name: string): void {
    const start = this.at
    const key = this.text(`the key "${name}"`, 64)
    if (key !== name) this.fail(`the key "${name}"`, JSON.stringify(key), start)
  }

  isNull(): boolean {
    if (this.bytes[this.at] !== 0xf6) return false
    this.at++
    return true
  }

  /** 32 bytes. */
  digest(name: string): Digest {
    const start = this.at
    const digest = this.byteString(name, DIGEST_BYTES)
    return digest.length === DIGEST_BYTES ? digest : this.fail(`${name} of ${DIGEST_BYTES} bytes`, `${digest.length}`, start)
  }

  end(): void {
    if (this.at !== this.bytes.length) this.fail('the end', `${this.bytes.length - this.at} more bytes`)
  }
}
