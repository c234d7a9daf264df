/// Text crosses as UTF-8; inside it is AssemblyScript's UTF-16.
import { EMPTY, storeSpan } from './memory'

/// A text in UTF-8, encoded once.
export class Utf8 {
  pointer: usize
  length: usize
  private bytes: ArrayBuffer

  constructor(text: string) {
    const bytes = String.UTF8.encode(text)
    this.bytes = bytes
    this.length = bytes.byteLength
    this.pointer = bytes.byteLength == 0 ? EMPTY : changetype<usize>(bytes)
  }
}

/// Writes the pointer and length of a text.
export function storeText(at: usize, text: string): void {
  const bytes = new Utf8(text)
  storeSpan(at, bytes.pointer, bytes.length)
}

/// The text whose pointer and length stand at an address.
export function loadText(at: usize): string {
  return String.UTF8.decodeUnsafe(load<usize>(at), load<usize>(at, 4))
}
