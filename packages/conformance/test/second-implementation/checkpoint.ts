/** Checkpoints: protocol.md §14. */
import { bytes, decode, encode, integer, map } from './cbor.ts'
import { countOf, digestOf, fields } from './fields.ts'
import { H } from './hash.ts'

export interface Checkpoint {
  readonly genesis: Uint8Array
  readonly logRoot: Uint8Array
  readonly position: number
  readonly stateRoot: Uint8Array
  readonly receiptRoot: Uint8Array
}

export function encodeCheckpoint({ genesis, logRoot, position, stateRoot, receiptRoot }: Checkpoint): Uint8Array {
  return encode(
    map({
      genesis: bytes(genesis),
      logRoot: bytes(logRoot),
      position: integer(position),
      stateRoot: bytes(stateRoot),
      receiptRoot: bytes(receiptRoot),
    }),
  )
}

export function decodeCheckpoint(encoded: Uint8Array): Checkpoint {
  const node = fields(decode(encoded), ['genesis', 'logRoot', 'position', 'stateRoot', 'receiptRoot'])
  return {
    genesis: digestOf(node.genesis),
    logRoot: digestOf(node.logRoot),
    position: countOf(node.position),
    stateRoot: digestOf(node.stateRoot),
    receiptRoot: digestOf(node.receiptRoot),
  }
}

export const checkpointDigest = (encoded: Uint8Array): Uint8Array => H('foldb/checkpoint/v1', encoded)
