/** A strict reader of RFC 8259 that keeps numbers as they are written: protocol.md §4, §7. */
import { isWellFormed, refuse } from './bytes.ts'

export type Json =
  | null
  | boolean
  | { readonly number: string }
  | { readonly string: string }
  | { readonly array: readonly Json[] }
  | { readonly object: readonly (readonly [string, Json])[] }

export interface JsonRules {
  /** Called with the longest match of a number, once it is read. */
  readonly checkNumber?: (number: string) => void
  /** Levels of arrays and objects. */
  readonly depth: number
  /** Whether the escape of U+0000 is none. */
  readonly refuseNul?: boolean
}

interface State {
  readonly text: string
  readonly rules: JsonRules
  at: number
}

const bad = (): never => refuse('22P02')
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y
const ESCAPES: Readonly<Record<string, string>> = { '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }

export function parseJson(text: string, rules: JsonRules): Json {
  if (text.includes('\u0000') || !isWellFormed(text)) refuse('22021')
  const state = { text, rules, at: 0 }
  const json = value(state, 1)
  if (state.at < text.length) bad()
  return json
}

function blanks(state: State): void {
  while (' \t\n\r'.includes(state.text[state.at] ?? 'x')) state.at++
}

/** Takes the next character if it is this one. */
function accept(state: State, character: string): boolean {
  if (state.text[state.at] !== character) return false
  state.at++
  return true
}

const expect = (state: State, character: string): void => void (accept(state, character) || bad())

function value(state: State, level: number): Json {
  blanks(state)
  const json = bare(state, level)
  blanks(state)
  return json
}

function bare(state: State, level: number): Json {
  const next = state.text[state.at]
  if (next === '"') return { string: string(state) }
  if (next === '[' || next === '{') {
    if (level > state.rules.depth) refuse('54000')
    return next === '['
      ? { array: members(state, ']', () => value(state, level + 1)) }
      : { object: members(state, '}', () => member(state, level + 1)) }
  }
  for (const [word, json] of [
    ['null', null],
    ['true', true],
    ['false', false],
  ] as const) {
    if (!state.text.startsWith(word, state.at)) continue
    state.at += word.length
    return json
  }
  return number(state)
}

function number(state: State): Json {
  NUMBER.lastIndex = state.at
  const [match] = NUMBER.exec(state.text) ?? bad()
  state.at += match.length
  // A point or an e that could go on belongs to the number, and lacks its digits here.
  const further = /[eE]/.test(match) ? /(?!)/ : match.includes('.') ? /[eE]/ : /[.eE]/
  if (further.test(state.text[state.at] ?? ' ')) bad()
  state.rules.checkNumber?.(match)
  return { number: match }
}

function members<T>(state: State, end: string, one: () => T): T[] {
  state.at++
  blanks(state)
  if (accept(state, end)) return []
  const all = [one()]
  while (!accept(state, end)) {
    expect(state, ',')
    all.push(one())
  }
  return all
}

function member(state: State, level: number): readonly [string, Json] {
  blanks(state)
  if (state.text[state.at] !== '"') bad()
  const name = string(state)
  blanks(state)
  expect(state, ':')
  return [name, value(state, level)]
}

function string(state: State): string {
  state.at++
  let text = ''
  while (!accept(state, '"')) {
    const character = state.text[state.at++] ?? bad()
    if (character < ' ') bad()
    text += character === '\\' ? escape(state) : character
  }
  return text
}

function escape(state: State): string {
  const letter = state.text[state.at++] ?? bad()
  if (letter !== 'u') return ESCAPES[letter] ?? bad()
  const unit = hexadecimal(state)
  if (unit === 0 && state.rules.refuseNul === true) refuse('22P05')
  if (unit >= 0xdc00 && unit <= 0xdfff) bad()
  if (unit < 0xd800 || unit > 0xdbff) return String.fromCharCode(unit)
  expect(state, '\\')
  expect(state, 'u')
  const low = hexadecimal(state)
  return low >= 0xdc00 && low <= 0xdfff ? String.fromCharCode(unit, low) : bad()
}

function hexadecimal(state: State): number {
  const digits = state.text.slice(state.at, state.at + 4)
  state.at += 4
  return /^[0-9a-fA-F]{4}$/.test(digits) ? Number.parseInt(digits, 16) : bad()
}
