import { DEFAULT_PROFILE, type Message, type Value } from '@foldb/abi'
import { describe, expect, it } from 'vitest'
import { thrown } from '../test/vectors.ts'
import { decodeMessage, encodeMessage } from './message.ts'

const message: Message = { sender: 'alice', time: 0, kind: 'tick', args: {} }
const withArg = (x: unknown): Message => ({ ...message, args: { x: x as Value } })
const bounded = (size: number) => ({ ...DEFAULT_PROFILE, sizes: { ...DEFAULT_PROFILE.sizes, message: size } })

describe('encodeMessage', () => {
  it.each<[string, unknown, string]>([
    ['null', null, 'message'],
    ['nothing', undefined, 'message'],
    ['a text', '{}', 'message'],
    ['a kind without a text form', { ...message, kind: Object.create(null) }, 'kind'],
    ['a time without a text form', { ...message, time: Object.create(null) }, 'time'],
    ['a capital in the kind', { ...message, kind: 'Tick' }, 'kind'],
    ['no kind', { ...message, kind: undefined }, 'kind'],
    ['no arguments', { ...message, args: undefined }, 'args'],
    ['arguments null', { ...message, args: null }, 'args'],
    ['a kind of 65 bytes', { ...message, kind: 'k'.repeat(65) }, 'kind'],
    ['a negative time', { ...message, time: -1 }, 'time'],
    ['a time of 2^53', { ...message, time: 2 ** 53 }, 'time'],
    ['a fraction of a millisecond', { ...message, time: 0.5 }, 'time'],
    ['an empty sender', { ...message, sender: '' }, 'sender'],
    ['a sender of 257 bytes', { ...message, sender: `${'é'.repeat(128)}a` }, 'sender'],
    ['a sender with U+0000', { ...message, sender: 'a\0' }, 'sender'],
    ['a sender with a lone surrogate', { ...message, sender: '\ud800' }, 'sender'],
    ['no sender', { ...message, sender: undefined }, 'sender'],
    ['a name with a capital', { ...message, args: { X: 1 } }, 'args'],
    ['the name __proto__', { ...message, args: JSON.parse('{"__proto__":1}') as Message['args'] }, 'args'],
    ['NaN', withArg(Number.NaN), 'args.x'],
    ['infinity', withArg(Infinity), 'args.x'],
    ['2^63', withArg(2n ** 63n), 'args.x'],
    ['-2^63-1', withArg(-(2n ** 63n) - 1n), 'args.x'],
    ['U+0000', withArg('a\0'), 'args.x'],
    ['a lone surrogate', withArg('a\udc00'), 'args.x'],
    ['an array', withArg([1]), 'args.x'],
    ['undefined', withArg(undefined), 'args.x'],
  ])('refuses %s, and says in which field', (_name, bad, path) => {
    const error = thrown(() => encodeMessage(bad as Message))
    expect({ code: error.code, path: error.fields?.['path'] }).toEqual({ code: 'bad-message', path })
  })

  it('gives equal messages equal bytes, whatever the order and form of their arguments', () => {
    const one = encodeMessage({ ...message, args: { bb: 5, a: 0 } })
    expect(encodeMessage({ ...message, args: { a: -0, bb: 5n } })).toEqual(one)
  })

  it('bounds a message by the profile', () => {
    const size = encodeMessage(withArg('y')).length
    expect(encodeMessage(withArg('y'), bounded(size))).toHaveLength(size)
    expect(thrown(() => encodeMessage(withArg('y'), bounded(size - 1))).fields).toMatchObject({ path: 'message' })
  })

  it('is whole again after a refusal', () => {
    thrown(() => encodeMessage(withArg(Number.NaN)))
    expect(decodeMessage(encodeMessage(message))).toEqual(message)
  })
})

describe('decodeMessage', () => {
  it('bounds a message by the profile, exactly', () => {
    const bytes = encodeMessage(withArg('y'))
    expect(decodeMessage(bytes, bounded(bytes.length)).args['x']).toBe('y')
    expect(thrown(() => decodeMessage(bytes, bounded(bytes.length - 1))).fields).toMatchObject({ offset: 0 })
  })

  it('gives arguments without a prototype', () => {
    const { args } = decodeMessage(encodeMessage({ ...message, args: { constructor: 1 } }))
    expect(args['constructor']).toBe(1)
    expect('toString' in args).toBe(false)
    expect(Object.keys(args)).toEqual(['constructor'])
  })

  it('says at which byte it stopped, what it expected and what it got', () => {
    const bytes = encodeMessage(withArg(5))
    bytes[9] = 0xf7
    const error = thrown(() => decodeMessage(bytes))
    expect(error.fields).toMatchObject({ offset: 9, got: 'simple value or float (0xf7)' })
    expect(error.message).toBe(
      'bad message at byte 9: expected null, boolean, integer, 64-bit float, text or bytes, got simple value or float (0xf7)',
    )
  })

  it('copies bytes, so that a message does not change with its log', () => {
    const bytes = encodeMessage(withArg(Uint8Array.of(1, 2)))
    const { args } = decodeMessage(bytes)
    bytes.fill(0)
    expect(args['x']).toEqual(Uint8Array.of(1, 2))
  })

  it('reads from the middle of a buffer', () => {
    const bytes = encodeMessage({ ...message, time: 1_700_000_000_000, args: { d: 2.5, i: 2n ** 60n } })
    const buffer = new Uint8Array(bytes.length + 9)
    buffer.set(bytes, 7)
    expect(decodeMessage(buffer.subarray(7, 7 + bytes.length))).toEqual(decodeMessage(bytes))
  })
})
