/** The log for people: protocol.md §4. */
import { fromUtf8, refuse } from './bytes.ts'
import { MAX_SAFE, number, type Node, type Scalar } from './cbor.ts'
import { argsOf, countOf, fields, nameOf, senderOf, textOf } from './fields.ts'
import { parseJson, type Json } from './json.ts'
import type { Message } from './message.ts'

/** A JSON object as the entries of a map; a name once, never `__proto__`. */
export function membersOf(json: Json): readonly (readonly [string, Json])[] {
  if (json === null || typeof json === 'boolean' || !('object' in json)) return refuse('no object')
  const names = json.object.map(([name]) => name)
  return new Set(names).size === names.length && !names.includes('__proto__') ? json.object : refuse('a key twice, or __proto__')
}

/** A constant or an argument. */
export function scalarOf(json: Json): Scalar {
  if (json === null || typeof json === 'boolean') return json
  if ('number' in json) return numberOf(json.number)
  if ('string' in json) return json.string.includes('\u0000') ? refuse('U+0000') : { text: json.string }
  const members = membersOf(json)
  const [name, value] = members[0] ?? refuse('nested value')
  if (members.length !== 1 || value === null || typeof value === 'boolean' || !('string' in value)) return refuse('nested value')
  if (name === '$integer') return largeInteger(value.string)
  return name === '$bytes' ? base64(value.string) : refuse('nested value')
}

function numberOf(written: string): Scalar {
  const value = number(Number(written))
  const whole = !/[.eE]/.test(written)
  if (value === null || typeof value === 'boolean') return refuse('no number')
  if ('float' in value && (whole || !Number.isFinite(value.float))) return refuse('number out of range')
  return value
}

function largeInteger(text: string): Scalar {
  if (!/^-?[1-9][0-9]{0,18}$/.test(text)) return refuse('no $integer')
  const integer = BigInt(text)
  const isLarge = integer > MAX_SAFE || integer < -MAX_SAFE
  return isLarge && integer >= -(2n ** 63n) && integer < 2n ** 63n ? { integer } : refuse('$integer out of range')
}

function base64(text: string): Scalar {
  const bytes = new Uint8Array(Buffer.from(text, 'base64'))
  return Buffer.from(bytes).toString('base64') === text ? { bytes } : refuse('no $bytes')
}

export function parseLine(line: string): Message {
  if (/[\n]/.test(line)) refuse('a blank that is none')
  const node = (json: Json): Node => scalarOf(json)
  const entries = membersOf(parseJson(line, { depth: 4 }))
  const map: [string, Node][] = entries.map(([name, json]) => [
    name,
    name === 'args' ? { map: membersOf(json).map(([key, value]) => [key, node(value)]) } : node(json),
  ])
  const { sender, time, kind, args } = fields({ map }, ['sender', 'time', 'kind', 'args'])
  return { sender: senderOf(sender), time: countOf(time), kind: nameOf(textOf(kind)), args: argsOf(args) }
}

export function parseLines(bytes: Uint8Array): Message[] {
  const lines = fromUtf8(bytes).split('\n')
  if (lines.at(-1) === '') lines.pop()
  return lines.map(parseLine)
}

export function formatLine({ sender, time, kind, args }: Message): string {
  const written = args.map(([name, value]) => `${JSON.stringify(name)}:${formatScalar(value)}`)
  return `{"sender":${JSON.stringify(sender)},"time":${time},"kind":${JSON.stringify(kind)},"args":{${written.join(',')}}}`
}

function formatScalar(value: Scalar): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if ('text' in value) return JSON.stringify(value.text)
  if ('bytes' in value) return `{"$bytes":"${Buffer.from(value.bytes).toString('base64')}"}`
  if ('integer' in value)
    return value.integer > MAX_SAFE || value.integer < -MAX_SAFE ? `{"$integer":"${value.integer}"}` : String(value.integer)
  const written = String(value.float)
  return /[.e]/.test(written) ? written : `${written}.0`
}
