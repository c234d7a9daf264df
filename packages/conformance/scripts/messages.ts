/** Writes vectors/messages.json and vectors/invalid/messages.json: node --conditions=@foldb/source packages/conformance/scripts/messages.ts */
import { hex, oracle, tag, TAGGED, text, writeVectors } from './vector-file.ts'

interface Message {
  sender?: string
  time?: number
  kind?: string
  args?: Record<string, unknown>
}

const full = (message: Message) => ({ sender: 'alice', time: 1_700_000_000_000, kind: 'move', args: {}, ...message })
const withArg = (value: unknown): Message => ({ args: { x: value } })

const accepted: Record<string, Message> = {
  'no arguments': {},
  'the example': { args: { unit: 7, x: 6, y: 9 } },
  'arguments in encoded order': { args: { bb: 1, a: 2, c: 3, aa: 4 } },
  'every type': { args: { n: null, t: true, f: false, i: -5, d: 2.5, s: 'x', b: Uint8Array.of(0, 255) } },
  '2^53-1': withArg(Number.MAX_SAFE_INTEGER),
  '2^53 as an integer': withArg(9007199254740992n),
  '2^53 as a float': withArg(9007199254740992),
  '2^63-1': withArg(9223372036854775807n),
  '-2^63': withArg(-9223372036854775808n),
  'smallest float': withArg(5e-324),
  'text with a byte order mark': withArg('\ufeffa'),
  'text beyond the first plane': withArg('\u{1f600}\ue000'),
  'an argument named constructor': { args: { constructor: 1 } },
  'an argument named to-string': { args: { 'to-string': 1, valueof: 2 } },
  'a name of 64 bytes': { kind: `k${'a'.repeat(63)}`, args: { [`a${'_'.repeat(63)}`]: 1 } },
  'time 0': { time: 0 },
  'time 2^53-1': { time: Number.MAX_SAFE_INTEGER },
  'a sender of 1 byte': { sender: 'a' },
  'a sender of 256 bytes': { sender: 'é'.repeat(128) },
  'a sender with a byte order mark': { sender: '\ufeffalice' },
  'a large text': withArg('y'.repeat(1000)),
}

writeVectors(
  'messages',
  `Messages and their bytes: protocol §3. Each decodes to the fields, and the fields encode to the bytes. \`args\` is a list of [name, value] in encoded order. ${TAGGED}`,
  Object.entries(accepted).map(([name, given]) => {
    const message = full(given)
    const args = tag(message.args) as { map: unknown[] }
    return { name, bytes: hex(oracle(message)), sender: message.sender, time: String(message.time), kind: message.kind, args: args.map }
  }),
)

/** A message from pieces of hex; what is not given is well-formed. */
function raw(parts: { args?: string; kind?: string; time?: string; sender?: string }): string {
  const { args = 'a0', kind = text('move'), time = '00', sender = text('alice') } = parts
  return `a4${text('args')}${args}${text('kind')}${kind}${text('time')}${time}${text('sender')}${sender}`
}
const rawArg = (value: string): string => raw({ args: `a1${text('x')}${value}` })

const refused: Record<string, string> = {
  nothing: '',
  'not a map': '80',
  'a map of three': `a3${text('args')}a0${text('kind')}${text('move')}${text('time')}00`,
  'a map of five': `a5${raw({}).slice(2)}${text('zzzzzzz')}00`,
  'fields in another order': `a4${text('kind')}${text('move')}${text('args')}a0${text('time')}00${text('sender')}${text('alice')}`,
  'another field': raw({}).replace(text('kind'), text('kine')),
  'a byte after the end': `${raw({})}00`,
  'cut off': raw({}).slice(0, -2),
  'whole float 1': rawArg('fb3ff0000000000000'),
  'whole float 2^53-1': rawArg('fb433fffffffffffff'),
  'float -0': rawArg('fb8000000000000000'),
  NaN: rawArg('fb7ff8000000000000'),
  infinity: rawArg('fb7ff0000000000000'),
  'float of 32 bits': rawArg('fa3f000000'),
  '2^63': rawArg('1b8000000000000000'),
  '-2^63-1': rawArg('3b8000000000000000'),
  'a long form of 5': rawArg('1805'),
  'a nested array': rawArg('80'),
  'a nested map': rawArg('a0'),
  undefined: rawArg('f7'),
  'a tag': rawArg('c000'),
  'args an array': raw({ args: '80' }),
  'args null': raw({ args: 'f6' }),
  'arguments not in order': raw({ args: `a2${text('b')}00${text('a')}00` }),
  'a longer name first': raw({ args: `a2${text('aa')}00${text('b')}00` }),
  'an argument twice': raw({ args: `a2${text('a')}00${text('a')}01` }),
  'an argument __proto__': raw({ args: `a1${text('__proto__')}00` }),
  'an argument toString': raw({ args: `a1${text('toString')}00` }),
  'an argument without a name': raw({ args: `a1${text('')}00` }),
  'an argument whose name begins with a digit': raw({ args: `a1${text('1a')}00` }),
  'an argument with a name of 65 bytes': raw({ args: `a1${text('a'.repeat(65))}00` }),
  'an argument with a name of two lines': raw({ args: `a1${text('a\n')}00` }),
  'a map of 2^32-1 arguments': raw({ args: 'baffffffff' }),
  'text with U+0000': rawArg(text('a\u0000')),
  'text that is not UTF-8': rawArg('61ff'),
  'text with a surrogate': rawArg('63eda080'),
  'a text length past the end': rawArg('7affffffff'),
  'a bytes length past the end': rawArg('5affffffff'),
  'a text length of 2^64-1': rawArg('7bffffffffffffffff'),
  'a kind with a capital': raw({ kind: text('Move') }),
  'an empty kind': raw({ kind: text('') }),
  'a kind of 65 bytes': raw({ kind: text('k'.repeat(65)) }),
  'a kind with a byte order mark': raw({ kind: text('\ufeffmove') }),
  'a kind that is bytes': raw({ kind: '446d6f7665' }),
  'time -1': raw({ time: '20' }),
  'time 2^53': raw({ time: '1b0020000000000000' }),
  'time a float': raw({ time: 'fb3fe0000000000000' }),
  'time null': raw({ time: 'f6' }),
  'an empty sender': raw({ sender: text('') }),
  'a sender of 257 bytes': raw({ sender: text('a'.repeat(257)) }),
  'a sender with U+0000': raw({ sender: text('a\u0000') }),
  'a sender that is not UTF-8': raw({ sender: '61ff' }),
  'a sender null': raw({ sender: 'f6' }),
  'a byte order mark before all': `efbbbf${raw({})}`,
}

const [before, after] = rawArg('QQ').split('QQ') as [string, string]
/** One byte more than the default profile allows: a head of three bytes, and text. */
const length = 65_537 - (before.length + after.length) / 2 - 3
const ones = (value: string): { hex: string; times: number } => ({ hex: value, times: 1 })

writeVectors(
  'invalid/messages',
  'Bytes that no log may hold, under the default profile (65 536 bytes): protocol §3. `bytes` is hex; where it is too long to print, `pieces` gives hex and how often it stands.',
  [
    ...Object.entries(refused).map(([name, bytes]) => ({ name, bytes })),
    { name: '60 000 nested arrays', pieces: [ones(before), { hex: '81', times: 60_000 }, ones('00'), ones(after)] },
    { name: '60 000 nested maps', pieces: [ones(before), { hex: 'a16178', times: 20_000 }, ones('00'), ones(after)] },
    { name: 'a byte more than 65 536', pieces: [ones(`${before}79${length.toString(16)}`), { hex: '79', times: length }, ones(after)] },
  ],
)
