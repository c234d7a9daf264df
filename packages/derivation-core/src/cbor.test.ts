import { describe, expect, it } from 'vitest'
import { thrown } from '../test/vectors.ts'
import { decodeCbor } from './cbor-decode.ts'
import { encodeCbor } from './cbor-encode.ts'
import type { CborValue } from './cbor-value.ts'

describe('encodeCbor', () => {
  it('takes maps, records and records without a prototype for the same', () => {
    const bytes = encodeCbor({ b: 1, a: 2 })
    expect(
      encodeCbor(
        new Map([
          ['b', 1],
          ['a', 2],
        ]),
      ),
    ).toEqual(bytes)
    expect(encodeCbor(Object.assign(Object.create(null) as object, { a: 2, b: 1 }) as CborValue)).toEqual(bytes)
  })

  it('writes integers by value, not by JavaScript type', () => {
    for (const value of [0, 5, 4_294_967_295, 4_294_967_296, -1, -4_294_967_296, -4_294_967_297])
      expect(encodeCbor(BigInt(value))).toEqual(encodeCbor(value))
    expect(encodeCbor(-(2n ** 40n))).toEqual(encodeCbor(-(2 ** 40)))
    expect(encodeCbor(-0)).toEqual(Uint8Array.of(0))
  })

  it.each<[string, unknown]>([
    ['NaN', Number.NaN],
    ['undefined', undefined],
    ['a function', () => 1],
    ['a lone surrogate', '\ud800'],
    ['a lone surrogate in a key', { '\ud800': 1 }],
    ['2^63', 2n ** 63n],
    ['nesting of 65', Array.from({ length: 65 }).reduce<unknown>((inner) => [inner], 0)],
  ])('refuses %s', (_name, value) => {
    expect(thrown(() => encodeCbor(value as CborValue)).code).toBe('bad-cbor')
  })

  it('says where in the tree the refused value is', () => {
    expect(thrown(() => encodeCbor({ a: [1, { b: Number.NaN }] })).fields).toMatchObject({ path: '$.a[1].b' })
  })
})

describe('decodeCbor', () => {
  it('keeps to the limits it is given', () => {
    const bytes = encodeCbor([[1]])
    expect(decodeCbor(bytes, { bytes: 3, depth: 2 })).toEqual([[1]])
    expect(thrown(() => decodeCbor(bytes, { bytes: 2 })).code).toBe('bad-cbor')
    expect(thrown(() => decodeCbor(bytes, { depth: 1 })).fields).toMatchObject({ offset: 1 })
  })

  it('holds a count against the bytes that are left before it reads an item', () => {
    expect(thrown(() => decodeCbor(Uint8Array.of(0x83, 0, 0))).fields).toMatchObject({ offset: 0, expected: '3 items of an array' })
    expect(thrown(() => decodeCbor(Uint8Array.of(0xa2, 0x60, 0, 0xff))).fields).toMatchObject({ offset: 0, expected: '2 items of a map' })
  })

  it('gives records without a prototype', () => {
    const record = decodeCbor(encodeCbor({ a: 1 })) as object
    expect('constructor' in record).toBe(false)
  })
})
