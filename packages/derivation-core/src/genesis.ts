/** What a log is folded under, as bytes: protocol.md §5. */
import { DEFAULT_PROFILE, DIGEST_BYTES, type Args, type Digest, type Genesis } from '@foldb/abi'
import { taggedHash } from '@foldb/state-tree'
import { readArgs, writeArgs } from './args.ts'
import { CborReader } from './cbor-reader.ts'
import { CborWriter } from './cbor-writer.ts'

/** Largest genesis, in bytes; the same for every profile, because a genesis is read before its profile is known. */
export const GENESIS_BYTES_MAX: number = DEFAULT_PROFILE.sizes.message

const hashGenesis = taggedHash('foldb/genesis/v1')
const hashArgs = taggedHash('foldb/args/v1')

/**
 * Canonical bytes of a genesis.
 * @throws FoldbError `bad-genesis` with `fields.path` for arguments or digests that it cannot hold.
 */
export function encodeGenesis(genesis: Genesis): Uint8Array {
  const writer = new CborWriter('bad-genesis')
  writer.head(5, 5)
  writer.text('args', 'args')
  writeArgs(writer, genesis.args)
  writer.text('engine', 'engine')
  if (genesis.engine === null) writer.scalar(null, 'engine')
  else writeDigest(writer, genesis.engine, 'engine')
  for (const name of ['channel', 'profile', 'reducer'] as const) {
    writer.text(name, name)
    writeDigest(writer, genesis[name], name)
  }
  if (writer.size > GENESIS_BYTES_MAX) writer.fail('genesis', `at most ${GENESIS_BYTES_MAX} bytes`, `${writer.size}`)
  return writer.take()
}

/**
 * The genesis of canonical bytes.
 * @throws FoldbError `bad-genesis` with `fields.offset`, `expected` and `got` for any other bytes.
 */
export function decodeGenesis(bytes: Uint8Array): Genesis {
  const reader = new CborReader(bytes, 'bad-genesis')
  if (bytes.length > GENESIS_BYTES_MAX) reader.fail(`at most ${GENESIS_BYTES_MAX} bytes`, `${bytes.length}`)
  reader.fields(5)
  reader.field('args')
  const args = readArgs(reader, GENESIS_BYTES_MAX)
  reader.field('engine')
  const engine = reader.isNull() ? null : reader.digest('engine')
  const channel = readDigest(reader, 'channel')
  const profile = readDigest(reader, 'profile')
  const reducer = readDigest(reader, 'reducer')
  reader.end()
  return { args, engine, channel, profile, reducer }
}

/** The name of a genesis: H('foldb/genesis/v1', bytes). */
export function genesisDigest(genesis: Genesis): Digest {
  return hashGenesis(encodeGenesis(genesis))
}

/** H('foldb/args/v1', CBOR of the arguments): what the entropy of a log is bound to. */
export function argsDigest(args: Args): Digest {
  const writer = new CborWriter('bad-genesis')
  writeArgs(writer, args)
  return hashArgs(writer.take())
}

function readDigest(reader: CborReader, name: string): Digest {
  reader.field(name)
  return reader.digest(name)
}

function writeDigest(writer: CborWriter, digest: Digest, name: string): void {
  if (digest.length !== DIGEST_BYTES) writer.fail(name, `${DIGEST_BYTES} bytes`, `${digest.length}`)
  writer.scalar(digest, name)
}
