/** A strict JSON reader for jsonb: the first rule that is broken in reading order decides the SQLSTATE. protocol.md §7. */
import { DbError } from '@foldb/abi'
import { type JsonbNumber, scanJsonbNumber } from './jsonb-number.ts'

/** Deepest nesting of arrays and objects. */
export const JSONB_DEPTH_MAX = 64

export type Jsonb =
  | { readonly kind: 'literal'; readonly text: 'null' | 'true' | 'false' }
  | { readonly kind: 'number'; readonly number: JsonbNumber }
  | { readonly kind: 'string'; readonly text: string }
  | { readonly kind: 'array'; readonly items: readonly Jsonb[] }
  | { readonly kind: 'object'; readonly members: ReadonlyMap<string, Jsonb> }

const LITERALS = ['null', 'true', 'false'] as const
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
])
const HEX4 = /^[0-9a-fA-F]{4}$/

/**
 * Reads one JSON value with blanks around it. The text is well-formed and has no U+0000.
 * @throws DbError 22P02 (grammar, a lone surrogate escape), 22P05 (an escaped U+0000), 22003 (a number too long), 54000 (too deep).
 */
export function parseJsonb(text: string): Jsonb {
  return new JsonbParser(text).document()
}

class JsonbParser {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  document(): Jsonb {
    const value = this.#value(0)
    this.#blanks()
    if (this.#at < this.#text.length) throw new DbError('22P02')
    return value
  }

  #blanks(): void {
    for (; this.#at < this.#text.length; this.#at++) {
      const unit = this.#text.charCodeAt(this.#at)
      if (unit !== 0x20 && unit !== 0x0a && unit !== 0x0d && unit !== 0x09) return
    }
  }

  /** Skips blanks; takes `character` if it is next. */
  #takes(character: string): boolean {
    this.#blanks()
    if (this.#text[this.#at] !== character) return false
    this.#at++
    return true
  }

  #expect(character: string): void {
    if (!this.#takes(character)) throw new DbError('22P02')
  }

  /** A value inside `depth` arrays and objects. */
  #value(depth: number): Jsonb {
    if (this.#takes('"')) return { kind: 'string', text: this.#string() }
    if (this.#takes('[')) return this.#array(depth + 1)
    if (this.#takes('{')) return this.#object(depth + 1)
    for (const literal of LITERALS) {
      if (!this.#text.startsWith(literal, this.#at)) continue
      this.#at += literal.length
      return { kind: 'literal', text: literal }
    }
    const scanned = scanJsonbNumber(this.#text, this.#at)
    if (scanned === undefined) throw new DbError('22P02')
    this.#at = scanned.end
    return { kind: 'number', number: scanned.number }
  }

  #array(depth: number): Jsonb {
    if (depth > JSONB_DEPTH_MAX) throw new DbError('54000')
    const items: Jsonb[] = []
    if (this.#takes(']')) return { kind: 'array', items }
    do items.push(this.#value(depth))
    while (this.#takes(','))
    this.#expect(']')
    return { kind: 'array', items }
  }

  #object(depth: number): Jsonb {
    if (depth > JSONB_DEPTH_MAX) throw new DbError('54000')
    const members = new Map<string, Jsonb>()
    if (this.#takes('}')) return { kind: 'object', members }
    do {
      this.#expect('"')
      const name = this.#string()
      this.#expect(':')
      members.set(name, this.#value(depth))
    } while (this.#takes(','))
    this.#expect('}')
    return { kind: 'object', members }
  }

  /** What follows an opening quotation mark, up to and with the closing one. */
  #string(): string {
    let out = ''
    for (let start = this.#at; ; start = this.#at) {
      let end = start
      while (end < this.#text.length && isPlain(this.#text.charCodeAt(end))) end++
      out += this.#text.slice(start, end)
      this.#at = end + 1
      const stop = this.#text[end]
      if (stop === '"') return out
      if (stop !== '\\') throw new DbError('22P02')
      out += this.#escape()
    }
  }

  /** What follows a backslash. */
  #escape(): string {
    const letter = this.#text[this.#at++]
    if (letter === 'u') return this.#unicodeEscape()
    const plain = letter === undefined ? undefined : ESCAPES.get(letter)
    if (plain === undefined) throw new DbError('22P02')
    return plain
  }

  #unicodeEscape(): string {
    const unit = this.#hex4()
    if (unit >= 0xdc00 && unit <= 0xdfff) throw new DbError('22P02')
    if (unit === 0) throw new DbError('22P05')
    if (unit < 0xd800 || unit > 0xdbff) return String.fromCharCode(unit)
    if (!this.#text.startsWith('\\u', this.#at)) throw new DbError('22P02')
    this.#at += 2
    const low = this.#hex4()
    if (low < 0xdc00 || low > 0xdfff) throw new DbError('22P02')
    return String.fromCharCode(unit, low)
  }

  #hex4(): number {
    const digits = this.#text.slice(this.#at, this.#at + 4)
    if (!HEX4.test(digits)) throw new DbError('22P02')
    this.#at += 4
    return Number.parseInt(digits, 16)
  }
}

/** Neither a quotation mark, nor a backslash, nor a control character. */
function isPlain(unit: number): boolean {
  return unit >= 0x20 && unit !== 0x22 && unit !== 0x5c
}
