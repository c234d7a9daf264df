/// Reads the CBOR of protocol.md §2 and refuses every other byte string. The first refusal stays, and everything read after it is
/// void: without exceptions that is how a reader gives up.

export const SAFE_MAX: i64 = 9007199254740991

export enum Major {
  unsigned,
  negative,
  bytes,
  text,
  array,
  map,
  tag,
  other,
}

export class Reader {
  private at: i32 = 0
  private refusedAt: i32 = -1

  constructor(private source: Uint8Array) {}

  /// Where the bytes are wrong, or −1.
  get refused(): i32 {
    return this.refusedAt
  }
  get failed(): bool {
    return this.refusedAt >= 0
  }
  get left(): i32 {
    return this.source.length - this.at
  }

  refuse(): void {
    if (this.refusedAt < 0) this.refusedAt = this.at
  }
  refuseUnless(condition: bool): void {
    if (!condition) this.refuse()
  }
  peek(): i32 {
    return this.left > 0 ? this.source[this.at] : -1
  }
  byte(): u8 {
    if (this.failed || this.left < 1) {
      this.refuse()
      return 0
    }
    return this.source[this.at++]
  }

  /// A big-endian number of 1, 2, 4 or 8 bytes.
  number(size: i32): u64 {
    let value: u64 = 0
    for (let i = 0; i < size; i++) value = (value << 8) | this.byte()
    return value
  }

  /// The argument of an item of this major type; only the shortest form is read.
  head(major: Major): u64 {
    if (this.peek() >>> 5 != major) this.refuse()
    const low = this.byte() & 31
    if (low < 24) return low
    if (low > 27) {
      this.refuse()
      return 0
    }
    const size = 1 << (low - 24)
    const value = this.number(size)
    const least: u64 = size == 1 ? 24 : (<u64>1) << (4 * size)
    this.refuseUnless(value >= least)
    return value
  }

  /// A length or count; each unit of it takes at least `unit` of the bytes that are left.
  count(major: Major, unit: i32): i32 {
    const value = this.head(major)
    if (this.failed || value > <u64>(this.left / unit)) {
      this.refuse()
      return 0
    }
    return <i32>value
  }

  bytes(): Uint8Array {
    return this.take(this.count(Major.bytes, 1))
  }
  /// Text as its bytes, well-formed and without U+0000.
  text(): Uint8Array {
    const bytes = this.take(this.count(Major.text, 1))
    if (!isText(bytes)) this.refuse()
    return bytes
  }
  /// A 64-bit float that an integer could not say.
  float(): f64 {
    this.refuseUnless(this.byte() == 0xfb)
    const value = reinterpret<f64>(this.number(8))
    const whole = value == floor(value) && abs(value) <= <f64>SAFE_MAX
    this.refuseUnless(!isNaN(value) && isFinite(value) && !whole)
    return value
  }
  end(): void {
    this.refuseUnless(this.left == 0)
  }

  private take(length: i32): Uint8Array {
    if (this.failed) return new Uint8Array(0)
    const taken = this.source.slice(this.at, this.at + length)
    this.at += length
    return taken
  }
}

/// Whether bytes are well-formed UTF-8 without U+0000: RFC 3629, so no overlong form, no surrogate, nothing beyond U+10FFFF.
export function isText(bytes: Uint8Array): bool {
  let i = 0
  while (i < bytes.length) {
    const first = <u32>bytes[i]
    if (first == 0) return false
    if (first < 0x80) {
      i++
      continue
    }
    const more = first >= 0xc2 && first <= 0xdf ? 1 : first >= 0xe0 && first <= 0xef ? 2 : first >= 0xf0 && first <= 0xf4 ? 3 : 0
    if (more == 0 || i + more >= bytes.length) return false
    let point: u32 = first & (0x3f >> more)
    for (let k = 1; k <= more; k++) {
      const next = <u32>bytes[i + k]
      if (next >>> 6 != 2) return false
      point = (point << 6) | (next & 0x3f)
    }
    if (more == 2 && (point < 0x800 || (point >= 0xd800 && point <= 0xdfff))) return false
    if (more == 3 && (point < 0x10000 || point > 0x10ffff)) return false
    i += more + 1
  }
  return true
}
