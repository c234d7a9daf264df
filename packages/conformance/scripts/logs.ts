/** Writes the vectors of genesis, app-data and json-lines: node --conditions=@foldb/source packages/conformance/scripts/logs.ts */
import { filled, hex, oracle, tag, tagged, TAGGED, text, u32, unhex, writeVectors } from './vector-file.ts'

interface Genesis {
  args: Record<string, unknown>
  engine: Uint8Array | null
  channel: Uint8Array
  profile: Uint8Array
  reducer: Uint8Array
}

const genesis: Genesis = { args: {}, engine: null, channel: filled(1), profile: filled(2), reducer: filled(3) }
const geneses: Record<string, Genesis> = {
  'no arguments': genesis,
  'with arguments': { ...genesis, args: { width: 12, height: 9, title: 'keep', fog: true, seed: Uint8Array.of(7) } },
  'with an engine': { ...genesis, engine: filled(4) },
}
writeVectors(
  'genesis',
  `Genesis bytes, their digest and the digest of the arguments: protocol §5. Digests are hex. ${TAGGED}`,
  Object.entries(geneses).map(([name, one]) => ({
    name,
    args: (tag(one.args) as { map: unknown }).map,
    engine: one.engine === null ? null : hex(one.engine),
    channel: hex(one.channel),
    profile: hex(one.profile),
    reducer: hex(one.reducer),
    bytes: hex(oracle(one)),
    digest: hex(tagged('foldb/genesis/v1', oracle(one))),
    argsDigest: hex(tagged('foldb/args/v1', oracle(one.args))),
  })),
)

const bytes = hex(oracle(genesis))
const digest32 = `5820${'01'.repeat(32)}`
writeVectors('invalid/genesis', 'Bytes that are no genesis: protocol §5.', [
  { name: 'nothing', bytes: '' },
  { name: 'cut off', bytes: bytes.slice(0, -2) },
  { name: 'a byte after the end', bytes: `${bytes}00` },
  { name: 'without an engine', bytes: hex(oracle({ args: {}, channel: filled(1), profile: filled(2), reducer: filled(3) })) },
  { name: 'another field', bytes: hex(oracle({ ...genesis, zzzzzzz: 0 })) },
  { name: 'fields in another order', bytes: `a5${text('engine')}f6${text('args')}a0${bytes.slice(bytes.indexOf(text('channel')))}` },
  { name: 'a field of another name', bytes: bytes.replace(text('channel'), text('chamber')) },
  {
    name: 'two fields that changed places',
    bytes: `a5${text('args')}a0${text('engine')}f6${text('profile')}${digest32}${text('channel')}${digest32}${text('reducer')}${digest32}`,
  },
  { name: 'a channel of 31 bytes', bytes: hex(oracle({ ...genesis, channel: filled(1).slice(1) })) },
  { name: 'a channel of 33 bytes', bytes: hex(oracle({ ...genesis, channel: new Uint8Array(33) })) },
  { name: 'a channel that is text', bytes: bytes.replace(digest32, `7820${'61'.repeat(32)}`) },
  { name: 'a channel null', bytes: bytes.replace(digest32, 'f6') },
  { name: 'an engine of 0 bytes', bytes: hex(oracle({ ...genesis, engine: new Uint8Array(0) })) },
  { name: 'nested arguments', bytes: hex(oracle({ ...genesis, args: { a: [1] } })) },
  { name: 'an argument with a capital', bytes: hex(oracle({ ...genesis, args: { A: 1 } })) },
  { name: 'arguments with U+0000', bytes: hex(oracle({ ...genesis, args: { a: '\0' } })) },
])

const message = (time: number): string => hex(oracle({ args: {}, kind: 'tick', time, sender: 'alice' }))
const framed = (body: string): string => u32(body.length / 2) + body
const MAGIC = '666f6c646201'
const header = MAGIC + framed(bytes)
const log = (...messages: string[]): string => header + messages.map(framed).join('')
const total = (text: string): number => text.length / 2

writeVectors('app-data', 'A whole log as bytes, its genesis and its messages in hex: protocol §4.', [
  { name: 'no messages', bytes: log(), genesis: bytes, messages: [] },
  { name: 'one message', bytes: log(message(1)), genesis: bytes, messages: [message(1)] },
  { name: 'equal messages', bytes: log(message(1), message(1)), genesis: bytes, messages: [message(1), message(1)] },
  {
    name: 'time that goes back',
    bytes: log(message(5), message(1), message(300)),
    genesis: bytes,
    messages: [message(5), message(1), message(300)],
  },
])

writeVectors(
  'invalid/app-data',
  'Bytes that are no log; `offset` counts bytes of the whole, `position` messages from 1 (0 before the first): protocol §4.',
  [
    { name: 'nothing', bytes: '', code: 'bad-app-data', offset: 0, position: 0 },
    { name: 'another magic', bytes: `666f6c646302${header.slice(12)}`, code: 'bad-app-data', offset: 4, position: 0 },
    { name: 'another version', bytes: `666f6c646202${header.slice(12)}`, code: 'bad-app-data', offset: 5, position: 0 },
    { name: 'magic cut off', bytes: '666f6c', code: 'bad-app-data', offset: 3, position: 0 },
    { name: 'magic alone', bytes: MAGIC, code: 'bad-app-data', offset: 6, position: 0 },
    { name: 'a genesis of no bytes', bytes: `${MAGIC}00000000`, code: 'bad-app-data', offset: 6, position: 0 },
    { name: 'a genesis past the end', bytes: header.slice(0, -2), code: 'bad-app-data', offset: 6, position: 0 },
    { name: 'a genesis of 4 GiB', bytes: `${MAGIC}ffffffff`, code: 'bad-app-data', offset: 6, position: 0 },
    { name: 'a genesis of other bytes', bytes: `${MAGIC}00000001a0`, code: 'bad-genesis', offset: 10, position: 0 },
    {
      name: 'a message of no bytes',
      bytes: `${log(message(1))}00000000`,
      code: 'bad-app-data',
      offset: total(log(message(1))),
      position: 2,
    },
    { name: 'a message past the end', bytes: log(message(1)).slice(0, -2), code: 'bad-app-data', offset: total(log()), position: 1 },
    { name: 'a message of 4 GiB', bytes: `${log()}ffffffff00`, code: 'bad-app-data', offset: total(log()), position: 1 },
    { name: 'three bytes left over', bytes: `${log(message(1))}000000`, code: 'bad-app-data', offset: total(log(message(1))), position: 2 },
    {
      name: 'a second message that is none',
      bytes: log(message(1), `a4${text('args')}80`),
      code: 'bad-message',
      offset: total(log(message(1))) + 10,
      position: 2,
    },
  ],
)

interface Line {
  name: string
  line: string
  sender?: string
  time?: string
  kind?: string
  args?: Record<string, unknown>
}
const json = (args: string, rest = '"sender":"alice","time":0,"kind":"move"'): string => `{${rest},"args":${args}}`
const lines: Line[] = [
  {
    name: 'the example',
    line: '{"sender":"alice","time":1700000000000,"kind":"move","args":{"unit":7,"x":6,"y":9}}',
    time: '1700000000000',
    args: { unit: 7, x: 6, y: 9 },
  },
  {
    name: 'fields in another order, with blanks',
    line: ' { "args" : { "x" : 1 } ,\t"kind":"move", "time" : 0 , "sender":"alice" } \r',
    args: { x: 1 },
  },
  {
    name: 'every type',
    line: json('{"n":null,"t":true,"f":false,"d":2.5,"s":"x","b":{"$bytes":"AP8="}}'),
    args: { n: null, t: true, f: false, d: 2.5, s: 'x', b: Uint8Array.of(0, 255) },
  },
  {
    name: 'whole floats',
    line: json('{"a":5.0,"b":5e0,"c":1E2,"d":-0,"e":-0.0,"f":9007199254740991.0}'),
    args: { a: 5, b: 5, c: 100, d: 0, e: 0, f: Number.MAX_SAFE_INTEGER },
  },
  {
    name: 'floats beyond 2^53',
    line: json('{"a":9007199254740992.0,"b":1e20,"c":9007199254740993e0}'),
    args: { a: 9007199254740992, b: 1e20, c: 9007199254740992 },
  },
  { name: 'a float too small', line: json('{"a":1e-400}'), args: { a: 0 } },
  {
    name: 'the largest plain integers',
    line: json('{"a":9007199254740991,"b":-9007199254740991}'),
    args: { a: Number.MAX_SAFE_INTEGER, b: -Number.MAX_SAFE_INTEGER },
  },
  {
    name: 'integers beyond',
    line: json('{"a":{"$integer":"9007199254740992"},"b":{"$integer":"-9223372036854775808"},"c":{"$integer":"9223372036854775807"}}'),
    args: { a: 9007199254740992n, b: -9223372036854775808n, c: 9223372036854775807n },
  },
  { name: 'escapes', line: json('{"s":"\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00"}'), args: { s: '"\\/\b\f\n\r\té\u{1f600}' } },
  { name: 'text as it is', line: json('{"s":"é水\u{1f600}\ufeff\u2028"}'), args: { s: 'é水\u{1f600}\ufeff\u2028' } },
  {
    name: 'base64 of no, one, two and three bytes',
    line: json('{"a":{"$bytes":""},"b":{"$bytes":"+w=="},"c":{"$bytes":"/wA="},"d":{"$bytes":"AAEC"}}'),
    args: { a: new Uint8Array(0), b: Uint8Array.of(251), c: Uint8Array.of(255, 0), d: Uint8Array.of(0, 1, 2) },
  },
  { name: 'an argument named constructor', line: json('{"constructor":1}'), args: { constructor: 1 } },
  { name: 'a time with an exponent', line: json('{}', '"sender":"alice","time":1e3,"kind":"move"'), time: '1000' },
  { name: 'a key in escapes', line: json('{"\\u0061":1}'), args: { a: 1 } },
]
writeVectors(
  'json-lines',
  'A line of JSON and the bytes of the message that it is: protocol §4.',
  lines.map(({ name, line, sender = 'alice', time = '0', kind = 'move', args = {} }) => ({
    name,
    line,
    bytes: hex(oracle({ args, kind, time: Number(time), sender })),
  })),
)

const bad: Record<string, string> = {
  'an empty line': '',
  blanks: '  ',
  'no JSON': 'move',
  'an array': '[]',
  null: 'null',
  'two values': `${json('{}')}{}`,
  'cut off': json('{}').slice(0, -1),
  'a trailing comma': '{"sender":"alice","time":0,"kind":"move","args":{},}',
  'a byte order mark': `\ufeff${json('{}')}`,
  'a no-break space': `\u00a0${json('{}')}`,
  'an unknown field': json('{}', '"sender":"alice","time":0,"kind":"move","position":1'),
  'no args': '{"sender":"alice","time":0,"kind":"move"}',
  'no sender': json('{}', '"time":0,"kind":"move"'),
  'args null': json('null'),
  'args an array': json('[]'),
  'a nested array': json('{"a":[]}'),
  'a nested object': json('{"a":{"b":1}}'),
  'an empty object': json('{"a":{}}'),
  'deep nesting': json(`{"a":${'['.repeat(50_000)}`),
  'a field twice': json('{}', '"sender":"alice","sender":"alice","time":0,"kind":"move"'),
  'an argument twice': json('{"a":1,"a":1}'),
  'an argument twice, once in escapes': json('{"a":1,"\\u0061":1}'),
  'the argument __proto__': json('{"__proto__":1}'),
  'the field __proto__': json('{}', '"__proto__":{},"sender":"alice","time":0,"kind":"move"'),
  'an argument with a capital': json('{"A":1}'),
  'a lone high surrogate': json('{"a":"\\ud800"}'),
  'a lone low surrogate': json('{"a":"\\udc00x"}'),
  'surrogates in the wrong order': json('{"a":"\\ude00\\ud83d"}'),
  'a lone surrogate as the sender': json('{}', '"sender":"\\ud800","time":0,"kind":"move"'),
  'U+0000': json('{"a":"\\u0000"}'),
  'a control character as it is': json('{"a":"\t"}'),
  'an unknown escape': json('{"a":"\\x41"}'),
  'an unknown escape with four digits': json('{"a":"\\x0041"}'),
  'an escape with other digits': json('{"a":"\\u00zz"}'),
  'a control character before a letter': json('{"a":"\tn"}'),
  'a key without its first quote': json('{xa":1}'),
  'a word that begins like true': json('{"a":trux}'),
  'a word that begins like null': json('{"a":nulx}'),
  'a short escape': json('{"a":"\\u41"}'),
  '2^53 as a plain number': json('{"a":9007199254740992}'),
  '-2^53 as a plain number': json('{"a":-9007199254740992}'),
  'a number of 400 digits': json(`{"a":${'9'.repeat(400)}}`),
  'a float beyond the largest': json('{"a":1e400}'),
  NaN: json('{"a":NaN}'),
  'a leading zero': json('{"a":01}'),
  'a leading plus': json('{"a":+1}'),
  'a leading point': json('{"a":.5}'),
  'a trailing point': json('{"a":1.}'),
  hexadecimal: json('{"a":0x10}'),
  'single quotes': json("{'a':1}"),
  'a small $integer': json('{"a":{"$integer":"5"}}'),
  '$integer 2^53-1': json('{"a":{"$integer":"9007199254740991"}}'),
  '$integer -(2^53-1)': json('{"a":{"$integer":"-9007199254740991"}}'),
  '$integer 2^63': json('{"a":{"$integer":"9223372036854775808"}}'),
  '$integer -2^63-1': json('{"a":{"$integer":"-9223372036854775809"}}'),
  '$integer with a leading zero': json('{"a":{"$integer":"09007199254740992"}}'),
  '$integer with a plus': json('{"a":{"$integer":"+9007199254740992"}}'),
  '$integer as a number': json('{"a":{"$integer":5}}'),
  '$integer and more': json('{"a":{"$integer":"9007199254740992","b":1}}'),
  $float: json('{"a":{"$float":"NaN"}}'),
  '$bytes without padding': json('{"a":{"$bytes":"AA"}}'),
  '$bytes with another alphabet': json('{"a":{"$bytes":"_w=="}}'),
  '$bytes with blanks': json('{"a":{"$bytes":"AA E"}}'),
  '$bytes with unused bits': json('{"a":{"$bytes":"AB=="}}'),
  '$bytes as a number': json('{"a":{"$bytes":0}}'),
  'time -1': json('{}', '"sender":"alice","time":-1,"kind":"move"'),
  'time 0.5': json('{}', '"sender":"alice","time":0.5,"kind":"move"'),
  'time as text': json('{}', '"sender":"alice","time":"0","kind":"move"'),
  'an empty sender': json('{}', '"sender":"","time":0,"kind":"move"'),
  'a sender of 257 bytes': json('{}', `"sender":"${'a'.repeat(257)}","time":0,"kind":"move"`),
  'a kind with a capital': json('{}', '"sender":"alice","time":0,"kind":"Move"'),
  'a message of more than 65 536 bytes': json(`{"a":"${'y'.repeat(65_536)}"}`),
}
writeVectors(
  'invalid/json-lines',
  'Lines that are no message, under the default profile: protocol §4.',
  Object.entries(bad).map(([name, line]) => ({ name, line })),
)

if (unhex(log()).length !== total(log())) throw new Error('odd hex')
