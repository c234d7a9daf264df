/** The entries of the typed world: what `describe`, `init` and `reduce` take and give at the core level. wit/reducer.wit. */
import type { Manifest, Profile, Value } from '@foldb/abi'
import { GuestTrap, type ReducerMessage } from '@foldb/derivation-core'
import { Budget, type GuestMemory } from './abi/guest-memory.ts'
import { ManifestReader } from './abi/typed-manifest.ts'
import { type Crossing, lowerValues } from './abi/values.ts'
import type { Entry } from './machine.ts'
import type { Enter, Verdict, World } from './world.ts'

const RESULT_BYTES = 20
const encoder = new TextEncoder()

function lowerText(memory: GuestMemory, text: string, budget: Budget): readonly [number, number] {
  const bytes = encoder.encode(text)
  budget.charge(bytes.length)
  const at = memory.allocate(bytes.length, 1)
  memory.u8.set(bytes, at)
  return [at, bytes.length]
}

function liftVerdict(memory: GuestMemory, pointer: number, budget: Budget): Verdict {
  const at = memory.region(pointer, RESULT_BYTES, 4)
  const tag = memory.u8[at]
  if (tag === 0) return undefined
  if (tag !== 1) throw new GuestTrap(`result at ${at}: expected a case from 0 to 1, got ${tag}`)
  budget.charge(memory.u32(at + 8) + memory.u32(at + 16))
  return { code: memory.text(memory.u32(at + 4), memory.u32(at + 8)), reason: memory.text(memory.u32(at + 12), memory.u32(at + 16)) }
}

export class TypedWorld implements World {
  readonly #profile: Profile

  constructor(profile: Profile) {
    this.#profile = profile
  }

  describe({ memory }: Entry, enter: Enter): () => Manifest {
    const manifest = new ManifestReader(memory, new Budget(this.#profile.sizes.manifest)).manifest(enter())
    return () => manifest
  }

  init({ memory }: Entry, enter: Enter, args: readonly Value[], crossings: readonly Crossing[]): Verdict {
    const at = lowerValues(memory, [args], crossings, this.#budget())
    return liftVerdict(memory, enter(at, args.length), this.#budget())
  }

  reduce({ memory }: Entry, enter: Enter, message: ReducerMessage, crossings: readonly Crossing[]): Verdict {
    const budget = this.#budget()
    const sender = lowerText(memory, message.sender, budget)
    const kind = lowerText(memory, message.kind, budget)
    const args = lowerValues(memory, [message.args], crossings, budget)
    const result = enter(BigInt(message.position), ...sender, BigInt(message.time), ...kind, args, message.args.length)
    return liftVerdict(memory, result, this.#budget())
  }

  #budget(): Budget {
    return new Budget(this.#profile.sizes.callBytes)
  }
}
