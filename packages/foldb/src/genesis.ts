/** The genesis of a log that brings none. */
import type { Args, Genesis, Profile } from '@foldb/abi'
import { profileDigest, type Reducer } from '@foldb/derivation-core'

/** What a log is folded under: this reducer, these arguments and rules, and a channel of its own. */
export function genesisOf({ digest }: Reducer, profile: Profile, args: Args, channel: Uint8Array): Genesis {
  return { args, engine: null, channel, profile: profileDigest(profile), reducer: digest }
}
