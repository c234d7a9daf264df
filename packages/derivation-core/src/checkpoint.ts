/** Checkpoints as bytes: protocol.md §14. */
import { DIGEST_BYTES, type Checkpoint, type Digest } from '@foldb/abi'
import { taggedHash } from '@foldb/state-tree'
import { CborReader } from './cbor-reader.ts'
import { CborWriter } from './cbor-writer.ts'

const hashCheckpoint = taggedHash('foldb/checkpoint/v1')
/** In encoded order. */
const FIELDS = ['genesis', 'logRoot', 'position', 'stateRoot', 'receiptRoot'] as const

/**
 * Canonical bytes of a checkpoint.
 * @throws FoldbError `bad-checkpoint` with `fields.path` when a digest is not 32 bytes or the position not a whole number below 2^53.
 */
export function encodeCheckpoint(checkpoint: Checkpoint): Uint8Array {
  const writer = new CborWriter('bad-checkpoint')
  writer.head(5, FIELDS.length)
  for (const name of FIELDS) {
    writer.text(name, name)
    const value = checkpoint[name]
    if (typeof value === 'number') {
      if (!Number.isSafeInteger(value) || value < 0) writer.fail(name, 'a whole number from 0 to 2^53−1', String(value))
      writer.head(0, value)
    } else {
      if (value.length !== DIGEST_BYTES) writer.fail(name, `${DIGEST_BYTES} bytes`, `${value.length}`)
      writer.scalar(value, name)
    }
  }
  return writer.take()
}

/**
 * The checkpoint of canonical bytes.
 * @throws FoldbError `bad-checkpoint` with `fields.offset`, `expected` and `got` for any other bytes.
 */
export function decodeCheckpoint(bytes: Uint8Array): Checkpoint {
  const reader = new CborReader(bytes, 'bad-checkpoint')
  reader.fields(FIELDS.length)
  reader.field('genesis')
  const genesis = reader.digest('genesis')
  reader.field('logRoot')
  const logRoot = reader.digest('logRoot')
  reader.field('position')
  const position = reader.head(0, 'a position')
  reader.field('stateRoot')
  const stateRoot = reader.digest('stateRoot')
  reader.field('receiptRoot')
  const receiptRoot = reader.digest('receiptRoot')
  reader.end()
  return { position, genesis, logRoot, stateRoot, receiptRoot }
}

/** The name of a checkpoint: H('foldb/checkpoint/v1', bytes). */
export function checkpointDigest(checkpoint: Checkpoint): Digest {
  return hashCheckpoint(encodeCheckpoint(checkpoint))
}
