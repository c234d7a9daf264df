/// Writes the CBOR of protocol.md §2.
import { Major } from './reader'

export class Writer {
  private bytes: u8[] = []

  take(): Uint8Array {
    const out = new Uint8Array(this.bytes.length)
    for (let i = 0; i < out.length; i++) out[i] = this.bytes[i]
    return out
  }
  byte(value: u8): void {
    this.bytes.push(value)
  }
  raw(bytes: Uint8Array): void {
    for (let i = 0; i < bytes.length; i++) this.bytes.push(bytes[i])
  }
  /// Big-endian.
  number(value: u64, size: i32): void {
    for (let i = size - 1; i >= 0; i--) this.bytes.push(<u8>(value >> (8 * i)))
  }
  /// A major type with the shortest argument.
  head(major: Major, argument: u64): void {
    const first = <u8>(major << 5)
    if (argument < 24) return this.byte(first | <u8>argument)
    const power = argument <= 0xff ? 0 : argument <= 0xffff ? 1 : argument <= 0xffffffff ? 2 : 3
    this.byte(first | <u8>(24 + power))
    this.number(argument, 1 << power)
  }
  text(utf8: Uint8Array): void {
    this.head(Major.text, utf8.length)
    this.raw(utf8)
  }
}
