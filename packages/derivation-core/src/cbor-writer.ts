/** Writes the CBOR of protocol.md §2 into one growing buffer. */
import { FoldbError } from '@foldb/abi'
import { encodeUtf8 } from './utf8.ts'

const INT64_MAX = 0x7fffffffffffffffn

/** Bytes so far. Errors are a FoldbError with the code given here and `fields.path`. */
export class CborWriter {
  private bytes = new Uint8Array(256)
  private view = new DataView(this.bytes.buffer)
  private length = 0
  readonly code: string

  constructor(code: string) {
    this.code = code
  }

  fail(path: string, expected: string, got: string): never {
    throw new FoldbError(this.code, `${this.code.replace('-', ' ')}: ${path}: expected ${expected}, got ${got}`, {
      fields: { path, expected, got },
    })
  }

  get size(): number {
    return this.length
  }

  reset(): void {
    this.length = 0
  }

  /** A copy of what was written. */
  take(): Uint8Array {
    return this.bytes.slice(0, this.length)
  }

  private room(count: number): void {
    if (this.length + count <= this.bytes.length) return
    const bytes = new Uint8Array(Math.max(this.bytes.length * 2, this.length + count))
    bytes.set(this.bytes.subarray(0, this.length))
    this.bytes = bytes
    this.view = new DataView(bytes.buffer)
  }

  raw(bytes: Uint8Array): void {
    this.room(bytes.length)
    this.bytes.set(bytes, this.length)
    this.length += bytes.length
  }

  /** A head in its shortest form; `argument` is a safe whole number, not negative. */
  head(major: number, argument: number): void {
    this.room(9)
    const at = this.length
    const type = major << 5
    if (argument < 24) {
      this.bytes[at] = type | argument
      this.length = at + 1
    } else if (argument < 0x100) {
      this.bytes[at] = type | 24
      this.bytes[at + 1] = argument
      this.length = at + 2
    } else if (argument < 0x10000) {
      this.bytes[at] = type | 25
      this.view.setUint16(at + 1, argument)
      this.length = at + 3
    } else if (argument < 0x100000000) {
      this.bytes[at] = type | 26
      this.view.setUint32(at + 1, argument)
      this.length = at + 5
    } else {
      this.bytes[at] = type | 27
      this.view.setUint32(at + 1, Math.floor(argument / 0x100000000))
      this.view.setUint32(at + 5, argument % 0x100000000)
      this.length = at + 9
    }
  }

  /** Text; gives its length in bytes. */
  text(text: string, path: string): number {
    const start = this.length
    this.head(3, text.length)
    this.room(text.length)
    const bytes = this.bytes
    const at = this.length
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i)
      if (code > 127) {
        this.length = start
        return this.longText(text, path)
      }
      bytes[at + i] = code
    }
    this.length = at + text.length
    return text.length
  }

  private longText(text: string, path: string): number {
    const bytes = encodeUtf8(text) ?? this.fail(path, 'well-formed text', 'a lone surrogate')
    this.head(3, bytes.length)
    this.raw(bytes)
    return bytes.length
  }

  /** null, boolean, integer, float, text or bytes. */
  scalar(value: unknown, path: string): void {
    if (typeof value === 'number') return this.number(value, path)
    if (typeof value === 'string') return void this.text(value, path)
    if (value === null) return this.simple(0xf6)
    if (typeof value === 'boolean') return this.simple(value ? 0xf5 : 0xf4)
    if (value instanceof Uint8Array) {
      this.head(2, value.length)
      return this.raw(value)
    }
    if (typeof value === 'bigint') return this.bigint(value, path)
    this.fail(path, 'null, boolean, number, bigint, text or bytes', typeof value)
  }

  private simple(byte: number): void {
    this.room(1)
    this.bytes[this.length++] = byte
  }

  private number(value: number, path: string): void {
    if (Number.isSafeInteger(value)) return value >= 0 ? this.head(0, value) : this.head(1, -1 - value)
    if (!Number.isFinite(value)) this.fail(path, 'a finite number', String(value))
    this.room(9)
    this.bytes[this.length] = 0xfb
    this.view.setFloat64(this.length + 1, value)
    this.length += 9
  }

  private bigint(value: bigint, path: string): void {
    const negative = value < 0n
    const argument = negative ? -1n - value : value
    if (argument > INT64_MAX) this.fail(path, 'an integer of 64 bits with sign', String(value))
    if (argument <= 0xffffffffn) return this.head(negative ? 1 : 0, Number(argument))
    this.room(9)
    this.bytes[this.length] = negative ? 0x3b : 0x1b
    this.view.setBigUint64(this.length + 1, argument)
    this.length += 9
  }
}
