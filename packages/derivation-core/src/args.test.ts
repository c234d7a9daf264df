import type { MessageKind, Param, Value, ValueType } from '@foldb/abi'
import { describe, expect, it } from 'vitest'
import { genesisArgs, messageArgs } from './args.ts'

const param = (name: string, type: ValueType, nullable = false): Param => ({ name, type, nullable })
const kind = (...params: Param[]): MessageKind => ({ name: 'move', params })

describe('messageArgs', () => {
  it('puts arguments in declared order', () => {
    expect(messageArgs(kind(param('y', 'integer'), param('x', 'integer')), { x: 1, y: 2 })).toEqual([2, 1])
  })

  it('takes a missing nullable argument for null', () => {
    expect(messageArgs(kind(param('x', 'text', true)), {})).toEqual([null])
    expect(messageArgs(kind(param('x', 'text', true)), { x: null })).toEqual([null])
  })

  it('refuses a missing argument, a null and one that is not declared', () => {
    expect(messageArgs(kind(param('x', 'text')), {})).toBeUndefined()
    expect(messageArgs(kind(param('x', 'text')), { x: null })).toBeUndefined()
    expect(messageArgs(kind(param('x', 'text')), { x: 'a', y: 'b' })).toBeUndefined()
    expect(messageArgs(kind(), { y: 'b' })).toBeUndefined()
  })

  it('finds no argument on a prototype', () => {
    expect(messageArgs(kind(param('constructor', 'text', true)), {})).toEqual([null])
    expect(messageArgs(kind(param('constructor', 'text')), {})).toBeUndefined()
  })

  const values: Record<ValueType, Value[]> = {
    boolean: [true, false],
    integer: [0, -5, Number.MAX_SAFE_INTEGER, 2n ** 53n],
    float: [0.5, 2 ** 53],
    text: ['', 'a'],
    bytes: [new Uint8Array(0)],
  }
  it.each(Object.keys(values) as ValueType[])('takes only what fits a parameter of type %s', (type) => {
    for (const [other, list] of Object.entries(values)) {
      for (const x of list) {
        const fits = other === type || (type === 'float' && other === 'integer' && typeof x === 'number')
        expect(messageArgs(kind(param('x', type)), { x })).toEqual(fits ? [x] : undefined)
      }
    }
  })
})

describe('genesisArgs', () => {
  it('follows the same rules', () => {
    expect(genesisArgs([param('width', 'integer'), param('title', 'text', true)], { width: 12 })).toEqual([12, null])
    expect(genesisArgs([param('width', 'integer')], { width: 1.5 })).toBeUndefined()
  })
})
