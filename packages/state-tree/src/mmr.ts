/** Merkle mountain ranges: append-only lists of which only the peaks are kept. protocol.md §11. */
import { type Digest, DIGEST_BYTES, FoldbError } from '@foldb/abi'
import { ByteWriter } from './byte-writer.ts'
import { taggedHash } from './tagged-hash.ts'

/** What a list holds; each kind has tags of its own. */
export type MmrKind = 'log' | 'receipt'

interface MmrHashes {
  readonly leaf: (bytes: Uint8Array) => Digest
  readonly node: (bytes: Uint8Array) => Digest
  readonly root: (bytes: Uint8Array) => Digest
}

const HASHES: Readonly<Record<MmrKind, MmrHashes>> = {
  log: { leaf: taggedHash('foldb/message/v1'), node: taggedHash('foldb/log-node/v1'), root: taggedHash('foldb/log-root/v1') },
  receipt: { leaf: taggedHash('foldb/receipt/v1'), node: taggedHash('foldb/receipt-node/v1'), root: taggedHash('foldb/receipt-root/v1') },
}

const pair = new Uint8Array(2 * DIGEST_BYTES)

/** The digest of a list's item. */
export function digestMmrLeaf(kind: MmrKind, bytes: Uint8Array): Digest {
  return HASHES[kind].leaf(bytes)
}

/** The digest above two others. */
export function digestMmrNode(kind: MmrKind, left: Digest, right: Digest): Digest {
  pair.set(left, 0)
  pair.set(right, DIGEST_BYTES)
  return HASHES[kind].node(pair)
}

/** The root over peaks, highest first. */
export function digestMmrRoot(kind: MmrKind, size: number, peaks: readonly Digest[]): Digest {
  const writer = new ByteWriter()
  writer.int64(size)
  for (const peak of peaks) writer.raw(peak)
  return HASHES[kind].root(writer.take())
}

/** How many peaks a list of this size has: one for each 1 in binary. */
export function peakCount(size: number): number {
  let count = 0
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) count += rest % 2
  return count
}

/**
 * An append-only list, known by its size and its peaks: at most 53 digests. Appending hashes the item and, on average, one node.
 *
 * @example
 * const log = new Mmr('log')
 * log.append(messageBytes)
 * formatDigest(log.root())
 */
export class Mmr {
  readonly #kind: MmrKind
  readonly #peaks: Digest[] = []
  #size = 0
  #root: Digest | undefined

  constructor(kind: MmrKind) {
    this.#kind = kind
  }

  /**
   * A list to go on with.
   * @throws FoldbError `bad-peaks` when the number of peaks does not belong to the size.
   */
  static fromPeaks(kind: MmrKind, size: number, peaks: readonly Digest[]): Mmr {
    if (!Number.isSafeInteger(size) || size < 0 || peaks.length !== peakCount(size) || peaks.some((peak) => peak.length !== DIGEST_BYTES)) {
      throw new FoldbError(
        'bad-peaks',
        `expected a peak of 32 bytes for each 1 in the binary size, got size ${size} and ${peaks.length} peaks`,
      )
    }
    const mmr = new Mmr(kind)
    mmr.#size = size
    mmr.#peaks.push(...peaks.map((peak) => peak.slice()))
    return mmr
  }

  /** How many items were appended. */
  get size(): number {
    return this.#size
  }

  append(bytes: Uint8Array): void {
    let digest = digestMmrLeaf(this.#kind, bytes)
    for (let rest = this.#size; rest % 2 === 1; rest = (rest - 1) / 2) digest = digestMmrNode(this.#kind, this.#peaks.pop()!, digest)
    this.#peaks.push(digest)
    this.#size++
    this.#root = undefined
  }

  /** Computed once for each size. */
  root(): Digest {
    this.#root ??= digestMmrRoot(this.#kind, this.#size, this.#peaks)
    return this.#root.slice()
  }

  /** Highest first. */
  peaks(): Digest[] {
    return this.#peaks.map((peak) => peak.slice())
  }
}
