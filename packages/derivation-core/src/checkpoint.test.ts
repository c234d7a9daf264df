import { describe, expect, it } from 'vitest'
import { thrown } from '../test/vectors.ts'
import { checkpointDigest, decodeCheckpoint, encodeCheckpoint } from './checkpoint.ts'

const digest = (byte: number): Uint8Array => new Uint8Array(32).fill(byte)
const checkpoint = { position: 7, genesis: digest(1), logRoot: digest(2), stateRoot: digest(3), receiptRoot: digest(4) }

describe('checkpoints', () => {
  it('come back from their bytes', () => {
    expect(decodeCheckpoint(encodeCheckpoint(checkpoint))).toEqual(checkpoint)
  })

  it.each([
    ['position', -1],
    ['position', 2 ** 53],
    ['position', 0.5],
    ['logRoot', new Uint8Array(31)],
  ] as const)('are not written with %s %s', (path, value) => {
    expect(thrown(() => encodeCheckpoint({ ...checkpoint, [path]: value })).fields).toMatchObject({ path })
  })

  it.each(['position', 'genesis', 'logRoot', 'stateRoot', 'receiptRoot'] as const)('have another digest with another %s', (path) => {
    const other = { ...checkpoint, [path]: path === 'position' ? 8 : digest(9) }
    expect(checkpointDigest(other)).not.toEqual(checkpointDigest(checkpoint))
  })
})
