/** Bytes that grow, with the number forms that keys, rows and nodes use: big-endian and LEB128. protocol.md §8–§10. */
import { encodeUtf8 } from './utf8.ts'

const TWO_32 = 0x1_0000_0000
const EXACT_ZIGZAG_MAX = 2 ** 52
/** Longest text whose length is one byte of varint. */
const SHORT_TEXT_MAX = 0x7f

export class ByteWriter {
  #bytes: Uint8Array = new Uint8Array(256)
  #length = 0

  get length(): number {
    return this.#length
  }

  #room(count: number): void {
    const needed = this.#length + count
    if (needed <= this.#bytes.length) return
    const grown = new Uint8Array(Math.max(needed, 2 * this.#bytes.length))
    grown.set(this.#bytes.subarray(0, this.#length))
    this.#bytes = grown
  }

  byte(value: number): void {
    this.#room(1)
    this.#bytes[this.#length++] = value
  }

  raw(bytes: Uint8Array): void {
    this.#room(bytes.length)
    this.#bytes.set(bytes, this.#length)
    this.#length += bytes.length
  }

  uint16(value: number): void {
    this.byte(value >>> 8)
    this.byte(value & 0xff)
  }

  #uint32(value: number): void {
    this.#room(4)
    for (let shift = 24; shift >= 0; shift -= 8) this.#bytes[this.#length++] = value >>> shift
  }

  /** Eight bytes, big-endian, of a safe whole number or of any 64-bit bigint; negative numbers as two's complement. */
  int64(value: number | bigint): void {
    if (typeof value === 'bigint') {
      this.#uint32(Number(BigInt.asUintN(32, value >> 32n)))
      this.#uint32(Number(BigInt.asUintN(32, value)))
      return
    }
    const high = Math.floor(value / TWO_32)
    this.#uint32(high >>> 0)
    this.#uint32(value - high * TWO_32)
  }

  /** Unsigned LEB128, shortest form. */
  varint(value: number | bigint): void {
    let rest = value
    if (typeof rest === 'bigint') {
      for (; rest > BigInt(Number.MAX_SAFE_INTEGER); rest >>= 7n) this.byte(Number(rest & 0x7fn) | 0x80)
      rest = Number(rest)
    }
    for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) this.byte((rest % 0x80) | 0x80)
    this.byte(rest)
  }

  /** 0, −1, 1, −2, … as 0, 1, 2, 3, … in LEB128. */
  zigzag(value: number | bigint): void {
    if (typeof value === 'number' && Math.abs(value) < EXACT_ZIGZAG_MAX) {
      this.varint(value < 0 ? -2 * value - 1 : 2 * value)
      return
    }
    const wide = BigInt(value)
    this.varint(wide < 0n ? -2n * wide - 1n : 2n * wide)
  }

  /** Length as varint, then the bytes. */
  sized(bytes: Uint8Array): void {
    this.varint(bytes.length)
    this.raw(bytes)
  }

  /** UTF-8 length as varint, then the UTF-8. */
  text(text: string): void {
    if (text.length > SHORT_TEXT_MAX || !this.#shortAscii(text)) this.sized(encodeUtf8(text))
  }

  /** Writes short ASCII without the platform's encoder, which costs more than the text; says whether it did. */
  #shortAscii(text: string): boolean {
    this.#room(1 + text.length)
    const start = this.#length
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i)
      if (unit > 0x7f) return false
      this.#bytes[start + 1 + i] = unit
    }
    this.#bytes[start] = text.length
    this.#length = start + 1 + text.length
    return true
  }

  /** Flips bits of a byte that was written before. */
  flip(at: number, bits: number): void {
    this.#bytes[at]! ^= bits
  }

  /** A copy of what was written; the writer is empty again. */
  take(): Uint8Array {
    const bytes = this.#bytes.slice(0, this.#length)
    this.#length = 0
    return bytes
  }

  /** Forgets what was written. */
  clear(): void {
    this.#length = 0
  }
}
