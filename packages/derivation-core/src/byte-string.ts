/** Byte strings: bytes as characters 0–255, so that `<` on two of them is the order of their bytes (protocol.md §8). */

/** A character above every byte: a prefix followed by it sorts after all byte strings that have the prefix. */
const AFTER_ALL_BYTES = '\u{100}'

/** Bytes as a string of the same length. */
export function toByteString(bytes: Uint8Array): string {
  return String.fromCharCode.apply(null, bytes as unknown as number[])
}

/** The bytes of a byte string. */
export function fromByteString(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i)
  return bytes
}

/** A string that sorts after everything that starts with `prefix`, and before everything else that sorts after `prefix`. */
export function afterPrefix(prefix: string): string {
  return prefix + AFTER_ALL_BYTES
}
