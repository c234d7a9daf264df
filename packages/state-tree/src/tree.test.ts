import { fromHex, toHex } from '@foldb/abi'
import { describe, expect, it } from 'vitest'
import { encodeKey } from './key.ts'
import { stateRoot } from './state-root.ts'
import { treeRoot } from './tree.ts'
import { encodeBranch, encodeLeaf, sharedNibbles } from './tree-node.ts'

const entry = (key: string, row = ''): { key: Uint8Array; row: Uint8Array } => ({ key: fromHex(key), row: fromHex(row) })

describe('treeRoot', () => {
  it('is 32 zero bytes for no entries', () => {
    expect(toHex(treeRoot([]))).toBe('00'.repeat(32))
  })

  it('gives the roots that the protocol prints', () => {
    const leaf = [entry('00000001016f72630000018000000000000005'), entry('00000000018000000000000005', '02036f726304312e353002')]
    expect(toHex(treeRoot(leaf))).toBe('1c4c53698b3d69542c88aba4abf154dcc88cfd5d175e2c946c498f2558130b77')
    expect(toHex(treeRoot([entry('0102', '00'.repeat(256))]))).toBe('5a1f977c82b119b40c1c473da819f3bfc0687b656c8ec6bd918111cace8622bf')
    const seventeen = Array.from({ length: 17 }, (_, id) => ({ key: encodeKey(0, 0, ['integer'], [id]), row: new Uint8Array() }))
    const root = treeRoot(seventeen)
    expect(toHex(root)).toBe('b0b32f6a839bc1fb7d37430c504657e9a995f9a5050582eb3d576afabe07026d')
    expect(toHex(stateRoot(new Uint8Array(32), root))).toBe('93b08ef353e9f610f2d97976bd4de7236dda229d2c10c632c7d31abf442f5413')
  })

  it('refuses keys of a wrong length', () => {
    expect(() => treeRoot([entry('')])).toThrow('expected a key of 1 to 255 bytes, got 0')
    expect(() => treeRoot([entry('00'.repeat(256))])).toThrow('expected a key of 1 to 255 bytes, got 256')
    expect(treeRoot([entry('00'.repeat(255))])).toHaveLength(32)
  })

  it('refuses a key that is there already or begins another', () => {
    expect(() => treeRoot([entry('01', '01'), entry('02'), entry('01', '02')])).toThrow('none is another or its beginning')
    expect(() => treeRoot([entry('0102'), entry('01')])).toThrow('none is another or its beginning')
  })
})

describe('nodes', () => {
  it('hold a row of 255 bytes itself and a longer one as its hash', () => {
    expect(encodeLeaf([entry('01', 'ab'.repeat(255))], 0, 1)).toHaveLength(3 + 1 + 1 + 2 + 255)
    expect(encodeLeaf([entry('01', 'ab'.repeat(256))], 0, 1)).toHaveLength(3 + 1 + 1 + 2 + 32)
  })

  it('fill an odd prefix with a low nibble of zero', () => {
    const children = Array.from({ length: 16 }, (_, nibble) => (nibble === 15 ? new Uint8Array(32) : undefined))
    const bytes = encodeBranch({ key: fromHex('abcdef'), depth: 3, children, count: 17, bytes: 300 })
    expect(toHex(bytes).slice(0, 46)).toBe('010003abc08000' + '0000000000000011' + '000000000000012c')
    expect(bytes).toHaveLength(23 + 32)
  })

  it('count shared nibbles', () => {
    expect(sharedNibbles(fromHex('00'), fromHex('ff'))).toBe(0)
    expect(sharedNibbles(fromHex('a0'), fromHex('af'))).toBe(1)
    expect(sharedNibbles(fromHex('abcd'), fromHex('abdd'))).toBe(2)
    expect(sharedNibbles(fromHex('abcd'), fromHex('abce'))).toBe(3)
  })
})
