import type { Genesis } from '@foldb/abi'
import { describe, expect, it } from 'vitest'
import { thrown } from '../test/vectors.ts'
import { decodeGenesis, encodeGenesis, GENESIS_BYTES_MAX, genesisDigest } from './genesis.ts'

const digest = (byte: number): Uint8Array => new Uint8Array(32).fill(byte)
const genesis: Genesis = { args: { a: 1 }, engine: null, channel: digest(1), profile: digest(2), reducer: digest(3) }

describe('genesis', () => {
  it.each(['engine', 'channel', 'profile', 'reducer'] as const)('has another digest with another %s', (name) => {
    expect(genesisDigest({ ...genesis, [name]: digest(9) })).not.toEqual(genesisDigest(genesis))
    expect(decodeGenesis(encodeGenesis({ ...genesis, [name]: digest(9) }))[name]).toEqual(digest(9))
  })

  it.each(['engine', 'channel', 'profile', 'reducer'] as const)('is not written with a short %s', (path) => {
    expect(thrown(() => encodeGenesis({ ...genesis, [path]: new Uint8Array(31) })).fields).toMatchObject({ path })
  })

  it('is bounded, exactly', () => {
    const size = encodeGenesis({ ...genesis, args: { a: 'x'.repeat(1000) } }).length - 1000
    const largest = encodeGenesis({ ...genesis, args: { a: 'x'.repeat(GENESIS_BYTES_MAX - size) } })
    expect(largest).toHaveLength(GENESIS_BYTES_MAX)
    expect(decodeGenesis(largest).args['a']).toHaveLength(GENESIS_BYTES_MAX - size)
    expect(thrown(() => encodeGenesis({ ...genesis, args: { a: 'x'.repeat(GENESIS_BYTES_MAX - size + 1) } })).fields).toMatchObject({
      path: 'genesis',
    })
    expect(thrown(() => decodeGenesis(new Uint8Array(GENESIS_BYTES_MAX + 1))).fields).toMatchObject({ offset: 0, got: '65537' })
  })

  it('is not written with arguments that no message could have', () => {
    expect(thrown(() => encodeGenesis({ ...genesis, args: { a: Number.NaN } })).fields).toMatchObject({ path: 'args.a' })
    expect(thrown(() => encodeGenesis({ ...genesis, args: { A: 1 } })).code).toBe('bad-genesis')
  })
})
