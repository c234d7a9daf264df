/** Values as the vectors write them. */
import { floatBytes, fromHex, toFloat, toHex } from './bytes.ts'
import type { Node } from './cbor.ts'

export type Notation =
  | null
  | boolean
  | { readonly integer: string }
  | { readonly float: string }
  | { readonly text: string }
  | { readonly bytes: string }
  | { readonly array: readonly Notation[] }
  | { readonly map: readonly (readonly [string, Notation])[] }

export function denote(node: Node): Notation {
  if (node === null || typeof node === 'boolean') return node
  if ('integer' in node) return { integer: String(node.integer) }
  if ('float' in node) return { float: toHex(floatBytes(node.float)) }
  if ('text' in node) return node
  if ('bytes' in node) return { bytes: toHex(node.bytes) }
  if ('array' in node) return { array: node.array.map(denote) }
  return { map: node.map.map(([key, value]) => [key, denote(value)]) }
}

export function meant(notation: Notation): Node {
  if (notation === null || typeof notation === 'boolean') return notation
  if ('integer' in notation) return { integer: BigInt(notation.integer) }
  if ('float' in notation) return { float: toFloat(fromHex(notation.float)) }
  if ('text' in notation) return notation
  if ('bytes' in notation) return { bytes: fromHex(notation.bytes) }
  if ('array' in notation) return { array: notation.array.map(meant) }
  return { map: notation.map.map(([key, value]) => [key, meant(value)]) }
}

/** One text for a value. */
export const notations = (node: Node): string => JSON.stringify(denote(node))
