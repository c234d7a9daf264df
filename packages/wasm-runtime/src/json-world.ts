/** The entries of the JSON world: a text in, a text out. wit/reducer.wit, `reducer-json`. */
import type { Manifest, Profile, Value } from '@foldb/abi'
import { GuestTrap, parseManifest, type ReducerMessage } from '@foldb/derivation-core'
import { Budget, type GuestMemory } from './abi/guest-memory.ts'
import { quote, rowText } from './abi/json-values.ts'
import type { Crossing } from './abi/values.ts'
import type { Entry } from './machine.ts'
import type { Enter, Verdict, World } from './world.ts'

const encoder = new TextEncoder()

function verdictOf(text: string): Verdict {
  if (text === 'null') return undefined
  let answer: unknown
  try {
    answer = JSON.parse(text)
  } catch {
    answer = undefined
  }
  if (answer === null) return undefined
  if (
    Array.isArray(answer) &&
    answer.length === 3 &&
    answer[0] === 'reject' &&
    typeof answer[1] === 'string' &&
    typeof answer[2] === 'string'
  ) {
    return { code: answer[1], reason: answer[2].toWellFormed() }
  }
  throw new GuestTrap('answer: expected null or ["reject",code,message]')
}

export class JsonWorld implements World {
  readonly #profile: Profile

  constructor(profile: Profile) {
    this.#profile = profile
  }

  describe({ memory }: Entry, enter: Enter): () => Manifest {
    const text = liftText(memory, enter(), new Budget(this.#profile.sizes.manifest))
    return () => parseManifest(text)
  }

  init({ memory }: Entry, enter: Enter, args: readonly Value[], crossings: readonly Crossing[]): Verdict {
    return this.#ask(memory, enter, rowText(args, crossings))
  }

  reduce({ memory }: Entry, enter: Enter, { position, sender, time, kind, args }: ReducerMessage, crossings: readonly Crossing[]): Verdict {
    const text = `{"position":${position},"sender":${quote(sender)},"time":${time},"kind":${quote(kind)},"args":${rowText(args, crossings)}}`
    return this.#ask(memory, enter, text)
  }

  #ask(memory: GuestMemory, enter: Enter, text: string): Verdict {
    const bytes = encoder.encode(text)
    const budget = new Budget(this.#profile.sizes.callBytes)
    budget.charge(bytes.length)
    const at = memory.allocate(bytes.length, 1)
    memory.u8.set(bytes, at)
    return verdictOf(liftText(memory, enter(at, bytes.length), new Budget(this.#profile.sizes.callBytes)))
  }
}

/** The text that a result area points at. */
function liftText(memory: GuestMemory, pointer: number, budget: Budget): string {
  const at = memory.region(pointer, 8, 4)
  budget.charge(memory.u32(at + 4))
  return memory.text(memory.u32(at), memory.u32(at + 4))
}
