/** The bytes that a reducer may foresee but not choose: protocol.md §13. */
import { concat, u64, utf8 } from './bytes.ts'
import { H } from './hash.ts'

export interface SeedParts {
  readonly channel: Uint8Array
  readonly argsDigest: Uint8Array
  readonly logRoot: Uint8Array
  readonly position: number
  readonly sender: string
}

export function seed({ channel, argsDigest, logRoot, position, sender }: SeedParts): Uint8Array {
  return H('foldb/seed/v1', channel, argsDigest, logRoot, u64(position), H('foldb/sender/v1', utf8(sender)))
}

/** The first `count` bytes of the stream. */
export function stream(seedBytes: Uint8Array, count: number): Uint8Array {
  const blocks = Array.from({ length: Math.ceil(count / 32) }, (_, i) => H('foldb/entropy/v1', seedBytes, u64(i)))
  return concat(...blocks).slice(0, count)
}
