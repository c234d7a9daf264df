/** A strict JSON parser for protocol.md §4: one text, one meaning; no duplicate keys, no lone surrogates, no integer through a float. */
import { INTEGER_MAX } from '@foldb/abi'

/** What a JSON text can hold. Objects have no prototype; whole numbers within ±(2^53−1) are integers whatever wrote them. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject
export interface JsonObject {
  readonly [key: string]: JsonValue
}

/** Called with what was wrong and where, in UTF-16 units from 0. */
export type JsonFail = (expected: string, got: string, at: number) => never

const BLANK = /[ \t\n\r]*/y
const NUMBER = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y
/** A run of characters that stand for themselves. */
// oxlint-disable-next-line no-control-regex
const PLAIN = /[^"\\\u0000-\u001f]*/y
const HEX = /^[0-9a-fA-F]{4}$/
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

  /** What the pattern matches at the cursor, possibly nothing. */
  private take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at
    const match = pattern.exec(this.text) ?? undefined
    if (match !== undefined) this.at += match[0].length
    return match
  }

  blank(): void {
    this.take(BLANK)
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
    for (const [word, value] of [
      ['true', true],
      ['false', false],
      ['null', null],
    ] as const) {
      if (this.text.startsWith(word, this.at)) {
        this.at += word.length
        return value
      }
    }
    return this.number()
  }

  private number(): number {
    const start = this.at
    const match = this.take(NUMBER)
    if (match === undefined) this.unexpected('a value')
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
      text += this.take(PLAIN)![0]
      const next = this.text[this.at]
      if (next === '"') break
      if (next !== '\\') this.unexpected(next === undefined ? '"\\""' : 'an escape for a control character')
      text += this.escape()
    }
    this.at++
    return text.isWellFormed() ? text : this.fail('well-formed text', 'a lone surrogate', start)
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
