/** jsonb in PostgreSQL's own text form, its length known before it is written. protocol.md §7. */
import { DbError } from '@foldb/abi'
import { formatJsonbNumber, jsonbNumberLength } from './jsonb-number.ts'
import { type Jsonb, parseJsonb } from './jsonb-parser.ts'
import { compareUtf8, utf8Length } from './utf8.ts'

const SHORT_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
])
// oxlint-disable-next-line no-control-regex
const ESCAPED = /["\\\u0000-\u001f]/g

/**
 * PostgreSQL's text of a jsonb value.
 * @throws DbError as {@link parseJsonb} does, and 54000 when the text would be longer than `bytesMax` bytes of UTF-8.
 */
export function canonicalJsonb(text: string, bytesMax: number): string {
  const value = parseJsonb(text)
  if (lengthOf(value) > bytesMax) throw new DbError('54000')
  const parts: string[] = []
  write(value, parts)
  return parts.join('')
}

function quote(text: string): string {
  return `"${text.replace(ESCAPED, (found) => SHORT_ESCAPES.get(found) ?? `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`)}"`
}

/** Bytes that `write` will give. */
function lengthOf(value: Jsonb): number {
  switch (value.kind) {
    case 'literal':
      return value.text.length
    case 'number':
      return jsonbNumberLength(value.number)
    case 'string':
      return utf8Length(quote(value.text))
    case 'array':
      return value.items.reduce((sum, item) => sum + lengthOf(item), punctuation(value.items.length))
    case 'object':
      return [...value.members].reduce(
        (sum, [name, item]) => sum + utf8Length(quote(name)) + 2 + lengthOf(item),
        punctuation(value.members.size),
      )
  }
}

/** Two brackets, and two bytes between neighbours. */
function punctuation(count: number): number {
  return 2 + 2 * Math.max(0, count - 1)
}

function write(value: Jsonb, parts: string[]): void {
  switch (value.kind) {
    case 'literal':
      parts.push(value.text)
      return
    case 'number':
      parts.push(formatJsonbNumber(value.number))
      return
    case 'string':
      parts.push(quote(value.text))
      return
    case 'array':
      parts.push('[')
      for (const [i, item] of value.items.entries()) {
        if (i > 0) parts.push(', ')
        write(item, parts)
      }
      parts.push(']')
      return
    case 'object':
      writeMembers(value.members, parts)
  }
}

/** Members by the length of their names in bytes, then by bytes. */
function writeMembers(members: ReadonlyMap<string, Jsonb>, parts: string[]): void {
  const sorted = [...members].map(([name, value]) => ({ name, value, length: utf8Length(name) }))
  sorted.sort((a, b) => a.length - b.length || compareUtf8(a.name, b.name))
  parts.push('{')
  for (const [i, { name, value }] of sorted.entries()) {
    parts.push(i > 0 ? ', ' : '', quote(name), ': ')
    write(value, parts)
  }
  parts.push('}')
}
