/** Two implementations asked the same where no vector speaks: both take it with equal results, or both refuse it. */
import { readFileSync } from 'node:fs'
import { DbError, DEFAULT_PROFILE, FoldbError } from '@foldb/abi'
import {
  decodeCbor,
  decodeMessage as decodeFirst,
  encodeMessage as encodeFirst,
  formatJsonMessage,
  parseJsonLines,
  parseManifest as parseFirst,
  parseProfile,
  validateManifest,
} from '@foldb/derivation-core'
import { canonicalValue } from '@foldb/state-tree'
import { describe, expect, it } from 'vitest'
import { vectorUrl } from '../src/vectors.ts'
import { fromHex, refuse, Refused, toHex, utf8 } from './second-implementation/bytes.ts'
import { file } from './second-implementation/cases.ts'
import { canonical } from './second-implementation/canonical-value.ts'
import { decode } from './second-implementation/cbor.ts'
import type { ColumnType } from './second-implementation/column-type.ts'
import { formatLine, parseLines } from './second-implementation/json-lines.ts'
import { findings } from './second-implementation/loadable.ts'
import { parseManifest } from './second-implementation/manifest.ts'
import { decodeMessage, encodeMessage } from './second-implementation/message.ts'
import { checkProfile, encodeProfile, type Profile } from './second-implementation/profile.ts'

/** A result, an SQLSTATE, or `refused`; whatever else is thrown is a defect. */
function answer(run: () => unknown): unknown {
  try {
    return run()
  } catch (error) {
    if (DbError.is(error)) return error.sqlstate
    if (error instanceof Refused && /^[0-9A-Z]{5}$/.test(error.code)) return error.code
    if (FoldbError.is(error) || error instanceof Refused) return 'refused'
    throw error
  }
}

/** Whether something is taken at all. */
const taken = (run: () => unknown): boolean => !['refused', '22P02', '22021', '54000'].includes(String(answer(() => (run(), 'taken'))))
const shown = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}… (${text.length})` : text)

const ONES = '1'.repeat(1001)
const NUMBERS = ['', '.', 'e', '.x', 'ex', '.e1', 'e+', ' 1', '.5.', '.5e'].map((end) => ONES + end)
const JSONB = [
  ...NUMBERS,
  ...[
    '1e1000.',
    '1e1000e',
    '0e-1000.',
    '1.e1000',
    '[1e1000e]',
    '1.5.',
    '1.5e',
    '1e5.',
    '1e5e',
    '-',
    '-x',
    '0.',
    '00',
    '1E5',
    '1e-0',
    '-0e5',
    '0.0e3',
  ],
  ...['9', '-9', '0009'].map((digits) => `1e${digits}9999999999999999999999`),
  ...[
    '0e9999999999999999999',
    '0e-9999999999999999999',
    '1e000000000000000000001',
    '{"a":1,"a":1e1000}',
    '{"\\u0061":1,"a":2}',
    '{"é":1,"zz":2,"a":3}',
  ],
  ...['"\\ud800\\u0000"', '"\\ud800\\n"', '"\\ud800', '"\\ud800\\u12"', '[[["\\u0000', '"\u007f\u2028\ufeff"', '[1,\v2]'],
  ...[64, 65].flatMap((depth) => [
    '['.repeat(depth) + ']'.repeat(depth),
    `${'['.repeat(depth)}x`,
    `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`,
  ]),
]
const NUMERICS = ['0.5', '0.4', '-0.5', '0.005', '9.5', '10', '0', '-0', '1'.repeat(1000), `0.${'9'.repeat(2000)}`]
const MOMENTS = [
  '0001-01-01 00:00:00Z',
  '9999-12-31 23:59:59.999999Z',
  '2024-01-01T00:00:00.000000+15:59',
  '2024-01-01 00:00:00-15:59',
  '2024-01-01 00:00:00-00',
]
const TYPED: [ColumnType, string][] = [
  ...JSONB.map((text): [ColumnType, string] => ['jsonb', text]),
  ...[
    [1, 0],
    [1, 1],
    [1000, 0],
    [1000, 1000],
  ].flatMap(([precision = 1, scale = 0]) => NUMERICS.map((text): [ColumnType, string] => [{ numeric: { precision, scale } }, text])),
  ...MOMENTS.map((text): [ColumnType, string] => ['timestamptz', text]),
]

describe('both implementations give one answer to', () => {
  it.each(TYPED.map(([type, text]) => [JSON.stringify(type), shown(text), type, text] as const))('%s %s', (_, __, type, text) => {
    const own = answer(() => {
      const found = canonical(type, { text })
      return typeof found === 'object' && found !== null && 'text' in found ? found.text : found
    })
    expect(own).toBe(answer(() => canonicalValue(type, text)))
  })

  const args = [
    '{"$integer":"-0"}',
    '{"$bytes":"=="}',
    '{"\\u0024bytes":"AA=="}',
    '{"$bytes":"AA==","$bytes":"AA=="}',
    '-1e400',
    '-1e-400',
    `0.${'0'.repeat(2000)}1`,
  ]
  const values = [
    ...args,
    '9007199254740992.0',
    '9007199254740993.5',
    '1E5',
    '"\\u0000"',
    '{"__proto__":1}',
    '{"$integer":"1e30"}',
    '"\\/"',
    '1.',
    '1e',
    '1.5e',
    '1e5.',
  ]
  const lines = [
    ...values.map((value) => `{"sender":"a","time":0,"kind":"k","args":{"a":${value}}}`),
    ...['-0', '5.0', '1e3', '{"$integer":"9007199254740992"}', '"0"'].map((time) => `{"sender":"a","time":${time},"kind":"k","args":{}}`),
    ...['{"$bytes":"AA=="}', '"a\\u0000"', '"\\ufeff"'].map((sender) => `{"sender":${sender},"time":0,"kind":"k","args":{}}`),
    ...['{"$integer":"9007199254740992"}', '{"$bytes":"AA=="}', '{}\r', '{}\f'].map(
      (last) => `{"sender":"a","time":0,"kind":"k","args":${last}}`,
    ),
    '{"sender":"a","time":0,"kind":"k","args":{}}\n\n',
    '\n',
    '',
  ]
  it.each(lines.map((line) => [shown(line), line] as const))('the line %s', (_, line) => {
    const own = answer(() => parseLines(utf8(line)).map((message) => toHex(encodeMessage(message))))
    const first = answer(() => parseJsonLines(line).map((message) => toHex(encodeFirst(message))))
    if (Array.isArray(first)) expect(own).toEqual(first)
    else expect(Array.isArray(own)).toBe(false)
  })

  const cbor = [
    '6100',
    'a1610000',
    'fb0000000000000001',
    'f800',
    'f818',
    'e0',
    '63efbbbf',
    'a260006161f6',
    '9b0000000000000001',
    '5800',
    'b800',
  ]
  const nested = [63, 64, 65].flatMap((depth) => ['00', '80', 'a0'].map((inside) => '81'.repeat(depth) + inside))
  it.each([...cbor, ...nested].map((hex) => [shown(hex), hex] as const))('the bytes %s', (_, hex) => {
    expect(taken(() => decode(fromHex(hex)))).toBe(taken(() => decodeCbor(fromHex(hex))))
  })

  const profile = file<{ profile: Profile }>('profile').cases[0]?.profile ?? {}
  const profiles: Profile[] = [
    ...['virtual:0.0.0', 'virtual:01.2.3', 'virtual:12345.0.0', 'virtual:1.2', 'virtual:1.2.3-rc', 'None'].map((wasi) => ({ wasi })),
    ...[['simd'], ['tail-call'], [], ['simd', 'tail-call'], ['tail-call', 'simd']].map((features) => ({ features })),
  ]
  it.each(profiles.map((change) => [JSON.stringify(change), change] as const))('a profile with %s', (_, change) => {
    const bytes = encodeProfile({ ...profile, ...change })
    expect(taken(() => checkProfile(bytes))).toBe(taken(() => parseProfile(bytes)))
  })

  const base = JSON.stringify((JSON.parse(readFileSync(vectorUrl('manifest.json'), 'utf8')) as { base: unknown }).base)
  const characters = ['\\u0000', '\\u001f', '\\u007f', '\\u0080', '\\u009f', '\\u2028', '\\ufeff', '\\ud83d\\ude00', '\\ud800']
  const manifests: [string, string][] = [
    ['as it is', base],
    ['a byte order mark', `\ufeff${base}`],
    ['blanks around', ` \n\t\r${base}\n`],
    ['a vertical tab', `\v${base}`],
    ['a field twice', base.replace('"verdict":"winner"', '"verdict":"winner","verdict":"winner"')],
    ['__proto__', base.replace('"verdict":"winner"', '"verdict":"winner","__proto__":1')],
    ...['0.0', '0e5', '-0', '0.5', '"0"', '{"$integer":"9007199254740992"}'].map((n): [string, string] => [
      `column ${n}`,
      base.replace('"primary-key":[0]', `"primary-key":[${n}]`),
    ]),
    ...characters.map((c): [string, string] => [`a name with ${c}`, base.replace('"name":"skirmish"', `"name":"s${c}"`)]),
    ...characters.map((c): [string, string] => [`a query with ${c}`, base.replace('SELECT *', `SELECT${c}*`)]),
    ['a type as an object', base.replace('"type":"integer"', '"type":{"integer":null}')],
    ['a long query', base.replace('SELECT *', `SELECT ${' '.repeat(4_190_000)}*`)],
    ['a query that is too long', base.replace('SELECT *', `SELECT ${' '.repeat(4_194_304)}*`)],
  ]
  it.each(manifests)('a manifest with %s', (_, json) => {
    const own = taken(() => findings(parseManifest(json)).forEach((path) => refuse(path)))
    expect(own).toBe(taken(() => validateManifest(parseFirst(json), DEFAULT_PROFILE)))
  })

  it('how a message is written for people', () => {
    const args = {
      s: 'a"\\\b\f\n\r\t\u0001\u007f\u2028é😀/',
      f: 1e20,
      g: 1e21,
      h: 1.5e-7,
      i: 0.1,
      j: -1e300,
      k: 2 ** 53,
      l: 2n ** 62n,
      m: fromHex('00ff'),
      n: null,
      unit: true,
    }
    const bytes = encodeFirst({ sender: 'é\u2028', time: 1, kind: 'k', args: Object.assign(Object.create(null), args) })
    expect(formatLine(decodeMessage(bytes))).toBe(formatJsonMessage(decodeFirst(bytes)))
  })

  it.each(['skirmish/log-1000.jsonl', 'dnd/game.jsonl'])('%s, line by line', (name) => {
    const bytes = readFileSync(vectorUrl(name))
    expect(
      parseLines(bytes)
        .map((message) => `${formatLine(message)}\n`)
        .join(''),
    ).toBe(bytes.toString('utf8'))
  })
})
