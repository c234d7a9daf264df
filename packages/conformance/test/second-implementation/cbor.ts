/** The one CBOR of the protocol: protocol.md §2. */
import {
  compareAscii,
  concat,
  finish,
  floatBytes,
  fromUtf8,
  left,
  reader,
  refuse,
  take,
  takeByte,
  takeUnsigned,
  toFloat,
  toHex,
  u8,
  unsigned,
  utf8,
  type Reader,
} from './bytes.ts'

export type Scalar =
  | null
  | boolean
  | { readonly integer: bigint }
  | { readonly float: number }
  | { readonly text: string }
  | { readonly bytes: Uint8Array }
export type Entries = readonly (readonly [string, Node])[]
export type Node = Scalar | { readonly array: readonly Node[] } | { readonly map: Entries }

export const MAX_SAFE: bigint = 2n ** 53n - 1n

/** A number as the one value that it is: a whole float within ±(2^53−1) is an integer. */
export function number(value: number): Scalar {
  return Number.isSafeInteger(value) ? { integer: BigInt(value) } : { float: value }
}
export const integer = (value: number | bigint): Node => ({ integer: BigInt(value) })
export const text = (value: string): Node => ({ text: value })
export const bytes = (value: Uint8Array): Node => ({ bytes: value })
export const array = (value: readonly Node[]): Node => ({ array: value })
export const map = (value: Readonly<Record<string, Node>>): Node => ({ map: Object.entries(value) })

export function encode(node: Node): Uint8Array {
  if (node === null) return u8(0xf6)
  if (typeof node === 'boolean') return u8(node ? 0xf5 : 0xf4)
  if ('integer' in node) return encodeInteger(node.integer)
  if ('float' in node) return encodeFloat(node.float)
  if ('text' in node) return withLength(3, utf8(node.text))
  if ('bytes' in node) return withLength(2, node.bytes)
  if ('array' in node) return concat(head(4, BigInt(node.array.length)), ...node.array.map(encode))
  const entries = node.map.map(([key, value]) => ({ key: utf8(key), value }))
  entries.sort((a, b) => compareKeys(a.key, b.key))
  return concat(head(5, BigInt(entries.length)), ...entries.flatMap(({ key, value }) => [withLength(3, key), encode(value)]))
}

export const compareKeys = (a: Uint8Array, b: Uint8Array): number => a.length - b.length || compareAscii(toHex(a), toHex(b))
const withLength = (major: number, content: Uint8Array): Uint8Array => concat(head(major, BigInt(content.length)), content)

function encodeInteger(value: bigint): Uint8Array {
  if (value < -(2n ** 63n) || value >= 2n ** 63n) refuse('integer of more than 64 bits')
  return value < 0n ? head(1, -1n - value) : head(0, value)
}

function encodeFloat(value: number): Uint8Array {
  if (!Number.isFinite(value)) refuse('a float that is not finite')
  return Number.isSafeInteger(value) ? encodeInteger(BigInt(value)) : concat(u8(0xfb), floatBytes(value))
}

function head(major: number, argument: bigint): Uint8Array {
  const first = major * 32
  if (argument < 24n) return u8(first + Number(argument))
  const size = [1, 2, 4, 8].findIndex((count) => argument < 1n << BigInt(8 * count))
  return concat(u8(first + 24 + size), unsigned(2 ** size, argument))
}

export function decode(input: Uint8Array): Node {
  const at = reader(input)
  const node = item(at, 0)
  finish(at)
  return node
}

function item(input: Reader, depth: number): Node {
  const first = takeByte(input)
  const major = first >> 5
  if (major === 7) return simple(input, first)
  if (major === 6) refuse('tag')
  const value = argument(input, first & 31)
  if (major < 2) {
    if (value >= 2n ** 63n) refuse('integer of more than 64 bits')
    return { integer: major === 0 ? value : -1n - value }
  }
  if (major === 2) return { bytes: take(input, value) }
  if (major === 3) return { text: fromUtf8(take(input, value)) }
  if (depth === 64) refuse('nesting')
  return major === 4 ? list(input, value, depth + 1) : pairs(input, value, depth + 1)
}

function argument(input: Reader, low: number): bigint {
  if (low < 24) return BigInt(low)
  if (low > 27) refuse('indefinite length or reserved argument')
  const value = takeUnsigned(input, 2 ** (low - 24))
  if (value < (low === 24 ? 24n : 1n << BigInt(8 * 2 ** (low - 25)))) refuse('argument longer than needed')
  return value
}

function simple(input: Reader, first: number): Node {
  if (first === 0xf4 || first === 0xf5) return first === 0xf5
  if (first === 0xf6) return null
  if (first !== 0xfb) refuse('simple value')
  const float = toFloat(take(input, 8))
  if (!Number.isFinite(float) || Number.isSafeInteger(float)) refuse('float that has no place here')
  return { float }
}

function list(input: Reader, count: bigint, depth: number): Node {
  if (count > left(input)) refuse('array past the end')
  return { array: Array.from({ length: Number(count) }, () => item(input, depth)) }
}

function pairs(input: Reader, count: bigint, depth: number): Node {
  if (count * 2n > left(input)) refuse('map past the end')
  const entries: [string, Node][] = []
  for (let i = 0n; i < count; i++) {
    const key = item(input, depth)
    if (key === null || typeof key === 'boolean' || !('text' in key)) return refuse('key that is no text')
    const last = entries.at(-1)
    if (last !== undefined && compareKeys(utf8(last[0]), utf8(key.text)) >= 0) refuse('keys not in order')
    entries.push([key.text, item(input, depth)])
  }
  return { map: entries }
}
