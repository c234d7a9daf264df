/** The digest of all tables: schema and rows, nothing else. protocol.md §10. */
import { type Digest, DIGEST_BYTES } from '@foldb/abi'
import { taggedHash } from './tagged-hash.ts'

const stateDigest = taggedHash('foldb/state/v1')

/** `H('foldb/state/v1', schemaDigest ‖ treeRoot)`. */
export function stateRoot(schemaDigest: Digest, treeRoot: Digest): Digest {
  const both = new Uint8Array(2 * DIGEST_BYTES)
  both.set(schemaDigest, 0)
  both.set(treeRoot, DIGEST_BYTES)
  return stateDigest(both)
}
