/** A strict JSON parser for protocol.md §4: one text, one meaning; no duplicate keys, no lone surrogates, no integer through a float. */
import { INTEGER_MAX } from '@foldb/abi'

/** What a JSON text can hold. Objects have no prototype; whole numbers within ±(2^53−1) are integers whatever wrote them. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject
export interface JsonObject {
  readonly [key: string]: JsonValue
}

/** Called with what was wrong and where, in UTF-16 units from 0. */
export type JsonFail = (expected: string, got: string, at: number) => never

const NUMBER = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y
const HEX = /^[0-9a-fA-F]{4}$/
const QUOTE = 0x22
const BACKSLASH = 0x5c
const SPACE = 0x20
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

/** The value of a whole text, nested at most `depth` deep. */
export function parseJson(text: string, depth: number, fail: JsonFail): JsonValue {
  const parser = new JsonParser(text, fail)
  const value = parser.value(depth)
  parser.blank()
  if (parser.at < text.length) parser.unexpected('the end')
  return value
}

class JsonParser {
  readonly text: string
  readonly fail: JsonFail
  at = 0

  constructor(text: string, fail: JsonFail) {
    this.text = text
    this.fail = fail
  }

  unexpected(expected: string): never {
    const code = this.text.codePointAt(this.at)
    return this.fail(expected, code === undefined ? 'the end' : JSON.stringify(String.fromCodePoint(code)), this.at)
  }

  blank(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.at)
      if (code !== SPACE && code !== 0x0a && code !== 0x0d && code !== 0x09) return
      this.at++
    }
  }

  private skip(character: string): boolean {
    this.blank()
    if (this.text[this.at] !== character) return false
    this.at++
    return true
  }

  value(depth: number): JsonValue {
    this.blank()
    const first = this.text[this.at]
    if (first === '"') return this.string()
    if (first === '{' || first === '[') {
      if (depth === 0) this.unexpected('a value that is not nested')
      return first === '{' ? this.object(depth - 1) : this.array(depth - 1)
    }
    if (first === 't') return this.word('true', true)
    if (first === 'f') return this.word('false', false)
    if (first === 'n') return this.word('null', null)
    return this.number()
  }

  private word<T>(word: string, value: T): T {
    if (!this.text.startsWith(word, this.at)) this.unexpected('a value')
    this.at += word.length
    return value
  }

  private number(): number {
    const start = this.at
    NUMBER.lastIndex = start
    const match = NUMBER.exec(this.text)
    if (match === null) return this.unexpected('a value')
    this.at += match[0].length
    const value = Number(match[0])
    if (match[1] === undefined && match[2] === undefined && Math.abs(value) > INTEGER_MAX) {
      this.fail('an integer within ±(2^53−1), or {"$integer":"…"} for a larger one', match[0].slice(0, 40), start)
    }
    if (!Number.isFinite(value)) this.fail('a number that a 64-bit float can hold', match[0].slice(0, 40), start)
    return value === 0 ? 0 : value
  }

  private array(depth: number): JsonValue[] {
    this.at++
    const items: JsonValue[] = []
    if (this.skip(']')) return items
    do items.push(this.value(depth))
    while (this.skip(','))
    if (!this.skip(']')) this.unexpected('"," or "]"')
    return items
  }

  private object(depth: number): JsonObject {
    this.at++
    const record: Record<string, JsonValue> = Object.create(null)
    if (this.skip('}')) return record
    do {
      this.blank()
      const start = this.at
      if (this.text[start] !== '"') this.unexpected('a key')
      const key = this.string()
      if (key === '__proto__') this.fail('another key', '"__proto__"', start)
      if (key in record) this.fail('each key once', JSON.stringify(key), start)
      if (!this.skip(':')) this.unexpected('":"')
      record[key] = this.value(depth)
    } while (this.skip(','))
    if (!this.skip('}')) this.unexpected('"," or "}"')
    return record
  }

  private string(): string {
    const start = this.at++
    let text = ''
    for (;;) {
      text += this.plain()
      const next = this.text.charCodeAt(this.at)
      if (next === QUOTE) break
      if (next !== BACKSLASH) this.unexpected(Number.isNaN(next) ? '"\\""' : 'an escape for a control character')
      text += this.escape()
    }
    this.at++
    return text.isWellFormed() ? text : this.fail('well-formed text', 'a lone surrogate', start)
  }

  /** A run of characters that stand for themselves. */
  private plain(): string {
    const start = this.at
    for (;;) {
      const code = this.text.charCodeAt(this.at)
      // At the end the code is NaN, and no comparison holds.
      if (!(code >= SPACE) || code === QUOTE || code === BACKSLASH) return this.text.slice(start, this.at)
      this.at++
    }
  }

  private escape(): string {
    const start = this.at++
    const letter = this.text[this.at++] ?? ''
    const known = ESCAPES.get(letter)
    if (known !== undefined) return known
    const digits = this.text.slice(this.at, this.at + 4)
    if (letter !== 'u' || !HEX.test(digits)) this.fail('an escape', JSON.stringify(`\\${letter}`), start)
    this.at += 4
    return String.fromCharCode(Number.parseInt(digits, 16))
  }
}
