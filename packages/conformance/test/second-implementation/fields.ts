/** Maps with exactly certain keys, and what stands under them: protocol.md §2, §3. */
import { refuse, utf8 } from './bytes.ts'
import { MAX_SAFE, type Entries, type Node, type Scalar } from './cbor.ts'

export function mapOf(node: Node): Entries {
  return node !== null && typeof node === 'object' && 'map' in node ? node.map : refuse('no map')
}

/** The values under exactly these keys. */
export function fields<K extends string>(node: Node, names: readonly K[]): Record<K, Node> {
  const entries = mapOf(node)
  if (entries.length !== names.length) refuse('number of fields')
  const values = Object.fromEntries(names.map((name) => [name, entries.find(([key]) => key === name) ?? refuse(`no field ${name}`)]))
  return Object.fromEntries(names.map((name) => [name, values[name]?.[1]])) as Record<K, Node>
}

export function textOf(node: Node): string {
  return node !== null && typeof node === 'object' && 'text' in node ? node.text : refuse('no text')
}

export function arrayOf(node: Node): readonly Node[] {
  return node !== null && typeof node === 'object' && 'array' in node ? node.array : refuse('no array')
}

export function integerOf(node: Node, from: bigint, to: bigint): bigint {
  if (node === null || typeof node !== 'object' || !('integer' in node)) return refuse('no integer')
  return node.integer >= from && node.integer <= to ? node.integer : refuse('integer out of range')
}

export const countOf = (node: Node): number => Number(integerOf(node, 0n, MAX_SAFE))

export function digestOf(node: Node): Uint8Array {
  if (node === null || typeof node !== 'object' || !('bytes' in node) || node.bytes.length !== 32) return refuse('no digest')
  return node.bytes
}

export function nameOf(text: string): string {
  return /^[a-z][a-z0-9_-]{0,63}$/.test(text) ? text : refuse('no name')
}

/** One argument: nothing nested, no U+0000. */
export function argumentOf(node: Node): Scalar {
  if (node === null || typeof node === 'boolean') return node
  if ('array' in node || 'map' in node) return refuse('nested argument')
  if ('text' in node && node.text.includes('\u0000')) refuse('U+0000')
  return node
}

export function argsOf(node: Node): (readonly [string, Scalar])[] {
  return mapOf(node).map(([name, value]) => [nameOf(name), argumentOf(value)])
}

export function senderOf(node: Node): string {
  const text = textOf(node)
  const { length } = utf8(text)
  return length >= 1 && length <= 256 && !text.includes('\u0000') ? text : refuse('no sender')
}
