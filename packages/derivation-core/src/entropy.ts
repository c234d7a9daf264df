/** Randomness that every replay repeats: protocol.md §13. */
import type { Digest } from '@foldb/abi'
import { taggedHash } from '@foldb/state-tree'
import { encodeUtf8 } from './utf8.ts'

const hashSeed = taggedHash('foldb/seed/v1')
const hashSender = taggedHash('foldb/sender/v1')
const hashBlock = taggedHash('foldb/entropy/v1')
const DIGEST = 32

/** What the stream of one message is seeded with. */
export interface Seed {
  readonly channel: Digest
  /** `argsDigest` of the genesis arguments. */
  readonly argsDigest: Digest
  /** The log's root before this message. */
  readonly logRoot: Digest
  /** From 1; 0 for `init`. */
  readonly position: number
  /** '' for `init`. */
  readonly sender: string
}

/** The seed of one message: its own bytes are not in it, so its sender cannot grind them. */
export function seedOf(seed: Seed): Digest {
  const bytes = new Uint8Array(4 * DIGEST + 8)
  bytes.set(seed.channel, 0)
  bytes.set(seed.argsDigest, DIGEST)
  bytes.set(seed.logRoot, 2 * DIGEST)
  new DataView(bytes.buffer).setBigUint64(3 * DIGEST, BigInt(seed.position))
  bytes.set(hashSender(encodeUtf8(seed.sender)!), 3 * DIGEST + 8)
  return hashSeed(bytes)
}

/** The stream of one message: block i is H('foldb/entropy/v1', seed ‖ i as u64), read on byte by byte. */
export class Entropy {
  private readonly input = new Uint8Array(DIGEST + 8)
  private readonly view = new DataView(this.input.buffer)
  private block: Uint8Array = new Uint8Array(0)
  private used = 0
  private next = 0n

  constructor(seed: Digest) {
    this.input.set(seed)
  }

  /** The next `count` bytes. The caller bounds `count` before. */
  bytes(count: number): Uint8Array {
    const out = new Uint8Array(count)
    for (let filled = 0; filled < count;) {
      if (this.used === this.block.length) this.refill()
      const taken = Math.min(count - filled, this.block.length - this.used)
      out.set(this.block.subarray(this.used, this.used + taken), filled)
      this.used += taken
      filled += taken
    }
    return out
  }

  private refill(): void {
    this.view.setBigUint64(DIGEST, this.next++)
    this.block = hashBlock(this.input)
    this.used = 0
  }
}
