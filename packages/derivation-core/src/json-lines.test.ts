import { DEFAULT_PROFILE } from '@foldb/abi'
import { describe, expect, it } from 'vitest'
import { thrown } from '../test/vectors.ts'
import { formatJsonMessage, parseArgsJson, parseJsonLines, parseJsonMessage } from './json-lines.ts'

const line = (args = '{}'): string => `{"sender":"alice","time":0,"kind":"tick","args":${args}}`

describe('parseJsonLines', () => {
  it('takes a newline after the last line, or none', () => {
    expect(parseJsonLines('')).toEqual([])
    expect(parseJsonLines(line())).toHaveLength(1)
    expect(parseJsonLines(`${line()}\n${line()}\r\n`)).toHaveLength(2)
    expect(parseJsonLines(new TextEncoder().encode(`${line()}\n${line()}\n`))).toHaveLength(2)
  })

  it('refuses an empty line, with its number', () => {
    expect(thrown(() => parseJsonLines(`${line()}\n\n${line()}`)).fields).toMatchObject({ line: 2 })
    expect(thrown(() => parseJsonLines(`${line()}\n\n`)).fields).toMatchObject({ line: 2 })
    for (const text of ['\n', '\r\n', '\n\n'])
      expect(thrown(() => parseJsonLines(text)).fields).toMatchObject({ line: 1, got: 'an empty line' })
  })

  it('refuses an empty first line, also in bytes', () => {
    expect(thrown(() => parseJsonLines(`\n${line()}`)).fields).toMatchObject({ line: 1, got: 'an empty line' })
    expect(thrown(() => parseJsonLines(new TextEncoder().encode(`\n${line()}`))).fields).toMatchObject({ line: 1, got: 'an empty line' })
  })

  it('says in which line and column the text is wrong', () => {
    const error = thrown(() => parseJsonLines(`${line()}\n${line('{"a":01}')}`))
    expect(error.fields).toMatchObject({ line: 2, column: 55 })
    expect(error.message).toBe('bad message in line 2, column 55: expected "," or "}", got "1"')
  })

  it('says in which line bytes are not UTF-8', () => {
    const bytes = new TextEncoder().encode(`${line()}\n${line('{"a":"xy"}')}\n`)
    bytes[bytes.indexOf(0x79, bytes.indexOf(0x0a))] = 0xff
    expect(thrown(() => parseJsonLines(bytes)).fields).toMatchObject({ line: 2, expected: 'UTF-8' })
  })

  it('refuses the bytes of a byte order mark', () => {
    const bytes = new TextEncoder().encode(`\ufeff${line()}`)
    expect(thrown(() => parseJsonLines(bytes)).fields).toMatchObject({ line: 1, column: 1 })
  })

  it('holds messages to the size of the profile it is given', () => {
    const profile = { ...DEFAULT_PROFILE, sizes: { ...DEFAULT_PROFILE.sizes, message: 64 } }
    expect(parseJsonLines(line(), profile)).toHaveLength(1)
    expect(thrown(() => parseJsonLines(line(`{"a":"${'y'.repeat(64)}"}`), profile)).fields).toMatchObject({
      line: 1,
      expected: 'message to be at most 64 bytes',
    })
  })
})

describe('parseJsonMessage', () => {
  it('gives arguments without a prototype', () => {
    const { args } = parseJsonMessage(line('{"constructor":1}'))
    expect(Object.keys(args)).toEqual(['constructor'])
    expect('toString' in args).toBe(false)
  })

  it('says which field is wrong', () => {
    expect(thrown(() => parseJsonMessage(line('{"a":[]}'))).fields).toMatchObject({
      expected: 'args.a to be a value that is not nested',
    })
    expect(thrown(() => parseJsonMessage('{"sender":"a","time":0,"kind":"K","args":{}}')).message).toContain('kind to be a name like')
  })
})

describe('formatJsonMessage', () => {
  it('writes fields and arguments in order, without blanks', () => {
    const args = { unit: 7, x: -0, f: 1e20, g: 1e21, h: 0.5, big: 2n ** 53n, bytes: Uint8Array.of(0, 255), n: null, t: true, s: 'é"\n' }
    expect(formatJsonMessage({ sender: 'alice', time: 1, kind: 'move', args })).toBe(
      '{"sender":"alice","time":1,"kind":"move","args":{"unit":7,"x":0,"f":100000000000000000000.0,"g":1e+21,"h":0.5,' +
        '"big":{"$integer":"9007199254740992"},"bytes":{"$bytes":"AP8="},"n":null,"t":true,"s":"é\\"\\n"}}',
    )
  })
})

describe('parseArgsJson', () => {
  it('reads arguments by name', () => {
    expect(parseArgsJson('{"width": 12, "seed": {"$bytes": "AA=="}}')).toEqual({ width: 12, seed: Uint8Array.of(0) })
  })

  it.each([
    '',
    '[]',
    'null',
    '{"a":1,"a":2}',
    '{"A":1}',
    '{"a":[]}',
    '{"a":{}}',
    '{"a":{"b":"c"}}',
    '{"a":"\\u0000"}',
    '{"a":9007199254740992}',
    '{"__proto__":1}',
    '{"a":1e400}',
    '{"a":-1e400}',
    '{"a":trux}',
    '{"a',
  ])('refuses %s', (json) => {
    expect(thrown(() => parseArgsJson(json)).code).toBe('bad-args')
  })

  it('refuses the key __proto__ before anything is put under it', () => {
    expect(thrown(() => parseArgsJson('{"__proto__":{}}')).fields).toMatchObject({ column: 2, expected: 'another key' })
  })
})
