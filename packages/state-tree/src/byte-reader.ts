/** A cursor over bytes that refuses what a writer would not have written. protocol.md §8, §9. */
import { FoldbError, integerOf } from '@foldb/abi'

const UINT64_MAX = 0xffff_ffff_ffff_ffffn

export class ByteReader {
  readonly #bytes: Uint8Array
  readonly #code: string
  #at = 0

  /** `code` names the error of every refusal: `bad-key` or `bad-row`. */
  constructor(bytes: Uint8Array, code: string) {
    this.#bytes = bytes
    this.#code = code
  }

  get offset(): number {
    return this.#at
  }

  get done(): boolean {
    return this.#at === this.#bytes.length
  }

  /** Throws at an offset, by default the current one. */
  refuse(text: string, offset: number = this.#at): never {
    throw new FoldbError(this.#code, `${this.#code} at byte ${offset}: ${text}`, { fields: { offset } })
  }

  take(count: number): Uint8Array {
    if (count > this.#bytes.length - this.#at) {
      this.refuse(`expected ${count} more bytes, got ${this.#bytes.length - this.#at}`)
    }
    this.#at += count
    return this.#bytes.subarray(this.#at - count, this.#at)
  }

  byte(): number {
    return this.take(1)[0]!
  }

  uint16(): number {
    const bytes = this.take(2)
    return (bytes[0]! << 8) | bytes[1]!
  }

  /** Eight bytes, big-endian, two's complement. */
  int64(): bigint {
    const bytes = this.take(8)
    return new DataView(bytes.buffer, bytes.byteOffset, 8).getBigInt64(0)
  }

  /** LEB128 in its shortest form, up to 2^64−1. */
  varint(): bigint {
    const start = this.#at
    let value = 0n
    for (let shift = 0n; ; shift += 7n) {
      const byte = this.byte()
      value |= BigInt(byte & 0x7f) << shift
      if (byte >= 0x80 && shift < 63n) continue
      if (byte >= 0x80 || value > UINT64_MAX) this.refuse('expected a varint below 2^64', start)
      if (byte === 0 && shift > 0n) this.refuse('expected the shortest varint', start)
      return value
    }
  }

  /** A signed 64-bit integer in its one form. */
  zigzag(): number | bigint {
    const value = this.varint()
    return integerOf((value & 1n) === 1n ? -(value >> 1n) - 1n : value >> 1n)
  }

  /** A varint length and as many bytes. */
  sized(): Uint8Array {
    const start = this.#at
    const length = this.varint()
    const left = this.#bytes.length - this.#at
    if (length > BigInt(left)) this.refuse(`expected at most ${left} bytes, got a length of ${length}`, start)
    return this.take(Number(length))
  }

  expectEnd(): void {
    if (!this.done) this.refuse(`expected the end, got ${this.#bytes.length - this.#at} more bytes`)
  }
}
