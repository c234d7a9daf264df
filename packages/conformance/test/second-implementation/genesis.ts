/** Genesis: protocol.md §5. */
import { refuse } from './bytes.ts'
import { bytes, decode, encode, type Scalar } from './cbor.ts'
import { argsOf, digestOf, fields } from './fields.ts'
import { H } from './hash.ts'

export interface Genesis {
  readonly args: readonly (readonly [string, Scalar])[]
  readonly engine: Uint8Array | null
  readonly channel: Uint8Array
  readonly profile: Uint8Array
  readonly reducer: Uint8Array
}

export function encodeGenesis({ args, engine, channel, profile, reducer }: Genesis): Uint8Array {
  return encode({
    map: [
      ['args', { map: args }],
      ['engine', engine === null ? null : bytes(engine)],
      ['channel', bytes(channel)],
      ['profile', bytes(profile)],
      ['reducer', bytes(reducer)],
    ],
  })
}

export function decodeGenesis(encoded: Uint8Array): Genesis {
  if (encoded.length > 65_536) refuse('genesis too long')
  const { args, engine, channel, profile, reducer } = fields(decode(encoded), ['args', 'engine', 'channel', 'profile', 'reducer'])
  return {
    args: argsOf(args),
    engine: engine === null ? null : digestOf(engine),
    channel: digestOf(channel),
    profile: digestOf(profile),
    reducer: digestOf(reducer),
  }
}

export const genesisDigest = (encoded: Uint8Array): Uint8Array => H('foldb/genesis/v1', encoded)
export const argsDigest = (args: Genesis['args']): Uint8Array => H('foldb/args/v1', encode({ map: args }))
