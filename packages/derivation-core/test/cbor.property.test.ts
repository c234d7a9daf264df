import * as oracle from '@ipld/dag-cbor'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type CborValue,
  decodeCbor,
  decodeMessage,
  encodeCbor,
  encodeMessage,
  formatJsonMessage,
  parseJsonLines,
  parseJsonMessage,
} from '../src/index.ts'
import { toHex } from './vectors.ts'

const RUNS = 300 * Number(process.env['FOLDB_RUNS'] ?? 1)

const integer = fc.oneof(
  fc.integer({ min: -70_000, max: 70_000 }),
  fc.maxSafeInteger(),
  fc.bigInt({ min: 2n ** 53n, max: 2n ** 63n - 1n }),
  fc.bigInt({ min: -(2n ** 63n), max: -(2n ** 53n) }),
)
const float = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value))
const text = fc.string({ unit: 'binary' }).filter((value) => value.isWellFormed())
const scalar = fc.oneof(fc.constant(null), fc.boolean(), integer, float, text, fc.uint8Array({ maxLength: 300 }))
const { tree } = fc.letrec<{ tree: CborValue }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5 },
    scalar,
    fc.array(tie('tree'), { maxLength: 30 }),
    fc.dictionary(text, tie('tree'), { maxKeys: 30, noNullPrototype: true }),
  ),
}))

const name = fc.stringMatching(/^[a-z][a-z0-9_-]{0,63}$/)
const withoutNul = text.filter((value) => !value.includes('\0'))
const message = fc.record({
  sender: withoutNul.filter((value) => value !== '' && new TextEncoder().encode(value).length <= 256),
  time: fc.maxSafeNat(),
  kind: name,
  args: fc.dictionary(name, fc.oneof(fc.constant(null), fc.boolean(), integer, float, withoutNul, fc.uint8Array())),
})

/** Bytes near canonical ones: a valid encoding with a few bytes changed, put in or taken out. */
const nearly = (valid: fc.Arbitrary<Uint8Array>) =>
  fc
    .tuple(
      valid,
      fc.array(fc.tuple(fc.nat(), fc.nat(255), fc.constantFrom('set', 'insert', 'remove', 'flip')), { minLength: 1, maxLength: 3 }),
    )
    .map(([bytes, edits]) => {
      const list = [...bytes]
      for (const [at, byte, edit] of edits) {
        const i = at % (list.length + 1)
        if (edit === 'insert') list.splice(i, 0, byte)
        else if (edit === 'remove') list.splice(i, 1)
        else if (i < list.length) list[i] = edit === 'set' ? byte : list[i]! ^ (1 << (byte & 7))
      }
      return Uint8Array.from(list)
    })

/** What is accepted, or undefined. */
function attempt<T>(step: () => T): T | undefined {
  try {
    return step()
  } catch (error) {
    expect(error).toHaveProperty('fields.offset')
    return undefined
  }
}

describe('CBOR beside the reference library', () => {
  it('writes what the library writes, and reads what the library reads', () => {
    fc.assert(
      fc.property(tree, (value) => {
        const bytes = encodeCbor(value)
        expect(toHex(oracle.encode(value))).toBe(toHex(bytes))
        expect(decodeCbor(bytes)).toEqual(oracle.decode(bytes))
        expect(toHex(encodeCbor(decodeCbor(bytes)))).toBe(toHex(bytes))
      }),
      { numRuns: RUNS, seed: 1 },
    )
  })

  it('accepts only what it writes, and what the library accepts', () => {
    fc.assert(
      fc.property(nearly(tree.map(encodeCbor)), (bytes) => {
        const value = attempt(() => decodeCbor(bytes))
        if (value === undefined) return
        expect(toHex(encodeCbor(value))).toBe(toHex(bytes))
        expect(toHex(oracle.encode(oracle.decode(bytes)))).toBe(toHex(bytes))
      }),
      { numRuns: RUNS * 4, seed: 2 },
    )
  })

  it('accepts only what it writes of arbitrary bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const value = attempt(() => decodeCbor(bytes))
        if (value !== undefined) expect(toHex(encodeCbor(value))).toBe(toHex(bytes))
      }),
      { numRuns: RUNS * 10, seed: 3 },
    )
  })
})

describe('messages beside the reference library', () => {
  it('writes what the library writes, and reads it back', () => {
    fc.assert(
      fc.property(message, (value) => {
        const bytes = encodeMessage(value)
        expect(toHex(oracle.encode(value))).toBe(toHex(bytes))
        expect(decodeMessage(bytes)).toEqual(value)
        expect(decodeMessage(bytes)).toEqual(oracle.decode(bytes))
      }),
      { numRuns: RUNS, seed: 4 },
    )
  })

  it('accepts only what it writes', () => {
    fc.assert(
      fc.property(nearly(message.map((value) => encodeMessage(value))), (bytes) => {
        const value = attempt(() => decodeMessage(bytes))
        if (value !== undefined) expect(toHex(encodeMessage(value))).toBe(toHex(bytes))
      }),
      { numRuns: RUNS * 4, seed: 5 },
    )
  })

  it('keeps every message through JSON Lines', () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 5 }), (values) => {
        const lines = values.map(formatJsonMessage)
        for (const [i, line] of lines.entries()) {
          expect(line).not.toContain('\n')
          expect(toHex(encodeMessage(parseJsonMessage(line)))).toBe(toHex(encodeMessage(values[i]!)))
        }
        const whole = lines.map((line) => `${line}\n`).join('')
        expect(parseJsonLines(new TextEncoder().encode(whole))).toEqual(parseJsonLines(whole))
        expect(parseJsonLines(whole)).toHaveLength(values.length)
      }),
      { numRuns: RUNS, seed: 6 },
    )
  })

  it('reads JSON that the platform writes as the platform meant it', () => {
    fc.assert(
      fc.property(message, fc.constantFrom(undefined, 1, '\t'), (value, indent) => {
        const args = Object.fromEntries(
          Object.entries(value.args).filter(([, one]) => typeof one !== 'bigint' && !(one instanceof Uint8Array)),
        )
        const json = JSON.stringify(
          { ...value, args },
          (_key, one: unknown) => (typeof one === 'number' && Math.abs(one) > Number.MAX_SAFE_INTEGER ? null : one),
          indent,
        )
        const expected = JSON.parse(json) as { args: object }
        expect(parseJsonMessage(json)).toEqual(expected)
      }),
      { numRuns: RUNS, seed: 7 },
    )
  })
})
