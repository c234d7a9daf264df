/** A log for people: one message a line as JSON, arguments by name: protocol.md §4. */
import { DEFAULT_PROFILE, FoldbError, type Args, type Message, type Profile, type Value } from '@foldb/abi'
import { parseJson, type JsonObject, type JsonValue } from './json-parser.ts'
import { formatJsonValue, valueOfJson } from './json-value.ts'
import { encodeMessage } from './message.ts'
import { NAME } from './name.ts'
import { decodeUtf8 } from './utf8.ts'

/** A message, its arguments, `{"$integer":"…"}`. */
const DEPTH = 3
const FIELDS: readonly string[] = ['sender', 'time', 'kind', 'args']
const NEWLINE = 0x0a

/**
 * The message of one line.
 * @throws FoldbError `bad-json-line` with `fields.line`, and `fields.column` (from 1, in UTF-16 units) where the text itself is wrong.
 * @example
 * parseJsonMessage('{"sender":"alice","time":1700000000000,"kind":"move","args":{"unit":7,"x":6,"y":9}}')
 */
export function parseJsonMessage(line: string, lineNumber = 1, profile: Profile = DEFAULT_PROFILE): Message {
  const refuse = (expected: string, got: string): never => fail(lineNumber, undefined, expected, got)
  if (line === '' || line === '\r') refuse('a message', 'an empty line')
  const json = parseJson(line, DEPTH, (expected, got, at) => fail(lineNumber, at + 1, expected, got))
  if (!isObject(json)) return refuse('a message {"sender","time","kind","args"}', describe(json))
  for (const field of Object.keys(json))
    if (!FIELDS.includes(field)) refuse('the fields sender, time, kind and args', JSON.stringify(field.slice(0, 80)))
  const { sender, time, kind, args } = json
  if (typeof sender !== 'string') return refuse('sender to be a text', describe(sender))
  if (typeof time !== 'number') return refuse('time to be a number', describe(time))
  if (typeof kind !== 'string') return refuse('kind to be a text', describe(kind))
  if (args === undefined) return refuse('args to be an object', 'nothing')
  const message: Message = { sender, time, kind, args: argsOfJson(args, refuse) }
  checkEncodable(message, profile, refuse)
  return message
}

/** What makes bytes a message makes a line a message: there is one set of rules. */
function checkEncodable(message: Message, profile: Profile, refuse: (expected: string, got: string) => never): void {
  try {
    encodeMessage(message, profile)
  } catch (error) {
    if (!FoldbError.is(error)) throw error
    refuse(`${String(error.fields['path'])} to be ${String(error.fields['expected'])}`, String(error.fields['got']))
  }
}

/**
 * Every message of a text, one a line; a newline after the last one may be left out.
 * @throws FoldbError `bad-json-line` with `fields.line`, from 1, for the first line that is no message; an empty line is none.
 */
export function parseJsonLines(text: string | Uint8Array, profile: Profile = DEFAULT_PROFILE): Message[] {
  const lines = typeof text === 'string' ? text.split('\n') : splitBytes(text)
  if (lines.at(-1) === '') lines.pop()
  return lines.map((line, i) => parseJsonMessage(line, i + 1, profile))
}

/** Lines of UTF-8; a byte that is not UTF-8 is refused with its line. */
function splitBytes(bytes: Uint8Array): string[] {
  const lines: string[] = []
  for (let start = 0; start <= bytes.length;) {
    const newline = bytes.indexOf(NEWLINE, start)
    const end = newline < 0 ? bytes.length : newline
    lines.push(decodeUtf8(bytes, start, end) ?? fail(lines.length + 1, undefined, 'UTF-8', 'other bytes'))
    start = end + 1
  }
  return lines
}

/** One line of JSON for a message, without the newline; `parseJsonMessage` gives the same message back. */
export function formatJsonMessage(message: Message): string {
  const args = Object.keys(message.args).map((name) => `${JSON.stringify(name)}:${formatJsonValue(message.args[name]!)}`)
  const { sender, time, kind } = message
  return `{"sender":${JSON.stringify(sender)},"time":${time},"kind":${JSON.stringify(kind)},"args":{${args.join(',')}}}`
}

/**
 * Arguments by name from a JSON object.
 * @throws FoldbError `bad-args` with `fields.column` where the text itself is wrong.
 */
export function parseArgsJson(text: string): Args {
  const refuse = (column: number | undefined, expected: string, got: string): never => {
    const where = column === undefined ? '' : ` at column ${column}`
    throw new FoldbError('bad-args', `bad arguments${where}: expected ${expected}, got ${got}`, {
      fields: { ...(column === undefined ? {} : { column }), expected, got },
    })
  }
  const json = parseJson(text, DEPTH - 1, (expected, got, at) => refuse(at + 1, expected, got))
  return argsOfJson(json, (expected, got) => refuse(undefined, expected, got))
}

function argsOfJson(json: JsonValue, refuse: (expected: string, got: string) => never): Args {
  if (!isObject(json)) return refuse('args to be an object', describe(json))
  const args: Record<string, Value> = Object.create(null)
  for (const name of Object.keys(json)) {
    if (!NAME.test(name)) refuse(`names like ${NAME.source}`, JSON.stringify(name.slice(0, 80)))
    const read = valueOfJson(json[name]!)
    if ('expected' in read) return refuse(`args.${name} to be ${read.expected}`, describe(json[name]))
    if (typeof read.value === 'string' && read.value.includes('\0')) refuse(`args.${name} to be text without U+0000`, 'one')
    args[name] = read.value
  }
  return args
}

function fail(line: number, column: number | undefined, expected: string, got: string): never {
  const where = column === undefined ? `line ${line}` : `line ${line}, column ${column}`
  const fields = { line, ...(column === undefined ? {} : { column }), expected, got }
  throw new FoldbError('bad-json-line', `bad message in ${where}: expected ${expected}, got ${got}`, { fields })
}

function isObject(json: JsonValue | undefined): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}

function describe(json: JsonValue | undefined): string {
  if (json === undefined) return 'nothing'
  if (json === null) return 'null'
  if (Array.isArray(json)) return 'an array'
  return typeof json === 'object' ? `an object ${JSON.stringify(json).slice(0, 80)}` : JSON.stringify(json).slice(0, 80)
}
