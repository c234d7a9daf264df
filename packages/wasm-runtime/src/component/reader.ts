/** A cursor over untrusted bytes: bounded LEB128, names and slices, each failure with its offset. WebAssembly binary format §5.2. */

/** Why bytes could not be read, and where. */
export class Malformed extends Error {
  readonly code: string
  readonly offset: number

  constructor(code: string, offset: number, text: string) {
    super(text)
    this.name = 'Malformed'
    this.code = code
    this.offset = offset
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Reads forward between `position` and `end`; offsets are those of the whole component. */
export class Reader {
  readonly bytes: Uint8Array
  readonly end: number
  position: number

  constructor(bytes: Uint8Array, position: number = 0, end: number = bytes.length) {
    this.bytes = bytes
    this.position = position
    this.end = end
  }

  get done(): boolean {
    return this.position >= this.end
  }

  byte(): number {
    if (this.position >= this.end) throw this.truncated('one more byte')
    return this.bytes[this.position++]!
  }

  peek(): number {
    if (this.position >= this.end) throw this.truncated('one more byte')
    return this.bytes[this.position]!
  }

  expect(byte: number, what: string): void {
    const at = this.position
    const got = this.byte()
    if (got !== byte) throw new Malformed('malformed', at, `expected ${what} (0x${byte.toString(16)}), got 0x${got.toString(16)}`)
  }

  u32(): number {
    const at = this.position
    let value = 0
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.byte()
      if (shift === 28 && byte > 0x0f) break
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) return value
    }
    throw new Malformed('malformed', at, 'expected an unsigned number of 32 bits, got a longer one')
  }

  /** Steps over a signed number of at most `bits` bits. */
  skipSigned(bits: number): void {
    const at = this.position
    for (let i = 0; i < Math.ceil(bits / 7); i++) if (this.byte() < 0x80) return
    throw new Malformed('malformed', at, `expected a signed number of ${bits} bits, got a longer one`)
  }

  /** A small signed number: an index, or a negative type code. */
  s33(): number {
    const at = this.position
    let value = 0
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.byte()
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) return (byte & 0x40) !== 0 ? value - 2 ** (shift + 7) : value
    }
    throw new Malformed('malformed', at, 'expected a signed number of 33 bits, got a longer one')
  }

  /** How many items follow; each takes at least one byte. */
  count(): number {
    const at = this.position
    const count = this.u32()
    if (count > this.end - this.position) {
      throw new Malformed('truncated', at, `expected ${count} items, got ${this.end - this.position} bytes for them`)
    }
    return count
  }

  skip(length: number): void {
    if (length > this.end - this.position) throw this.truncated(`${length} bytes`)
    this.position += length
  }

  /** A cursor over the next `length` bytes, which this one steps over. */
  slice(length: number): Reader {
    const start = this.position
    this.skip(length)
    return new Reader(this.bytes, start, start + length)
  }

  /** Any UTF-8 name. */
  text(): string {
    const at = this.position
    const length = this.u32()
    const start = this.position
    this.skip(length)
    try {
      return decoder.decode(this.bytes.subarray(start, start + length))
    } catch {
      throw new Malformed('malformed', at, 'expected a name in UTF-8, got other bytes')
    }
  }

  /** Ends a section: every byte of it must have been read. */
  finish(what: string): void {
    if (this.position !== this.end) {
      throw new Malformed('malformed', this.position, `${what}: expected its end, got ${this.end - this.position} more bytes`)
    }
  }

  private truncated(wanted: string): Malformed {
    return new Malformed('truncated', this.position, `expected ${wanted}, got the end of the section or file: the file is cut off`)
  }
}
