/** Host functions in the form that the linker takes: made once for each instance, over the memory and allocator that it names. */
import type { Manifest, Profile } from '@foldb/abi'
import { GuestTrap, type LogLevel } from '@foldb/derivation-core'
import { Budget, GuestMemory, type Realloc } from './guest-memory.ts'
import type { Gate } from './gate.ts'
import { type Crossing, crossingOf } from './values.ts'

/** What the linker gives: the memory and allocator of the canonical options. */
export interface LowerOptions {
  readonly memory: WebAssembly.Memory
  readonly realloc?: Realloc
}

/** What all host functions of one reducer share. */
export interface HostContext {
  readonly gate: Gate
  readonly profile: Profile
  /** How the columns of a table cross; none while the manifest is not known. */
  crossings(table: string): readonly Crossing[]
}

const LOWER = Symbol.for('cabiLower')
const HOST_FUNCTION = Symbol('host function')
const LEVELS: readonly LogLevel[] = ['debug', 'info', 'warn', 'error']

/** Marks a function so that the linker calls `make` and hands its result to the guest directly. */
export function lowered(context: HostContext, make: (memory: GuestMemory) => (...args: number[]) => number | undefined | void): unknown {
  const placeholder = (): never => {
    throw new GuestTrap('expected a call from a core module')
  }
  const lower = ({ memory, realloc }: LowerOptions): unknown =>
    Object.assign(make(new GuestMemory(memory, realloc, context.gate)), { [HOST_FUNCTION]: true })
  return Object.assign(placeholder, { [LOWER]: lower })
}

/** Whether `lowered` made this function. */
export function isHostFunction(run: object): boolean {
  return HOST_FUNCTION in run
}

/** How the columns of each table cross. */
export function crossingsOf(manifest: Manifest): ReadonlyMap<string, readonly Crossing[]> {
  return new Map(manifest.tables.map((table) => [table.name, table.columns.map(({ type }) => crossingOf(type))]))
}

/** `entropy.bytes: func(count: u32) -> list<u8>` */
export function entropyFunctions(context: HostContext): Record<string, unknown> {
  const { gate, profile } = context
  const bytes = lowered(context, (memory) =>
    gate.guard((count: number, ret: number) => {
      const { host } = gate
      memory.refresh()
      const slot = memory.region(ret, 8, 4)
      const size = count >>> 0
      if (size > profile.sizes.entropy) throw new GuestTrap(`entropy: expected at most ${profile.sizes.entropy} bytes a call, got ${size}`)
      memory.putBytes(slot, host.entropy(size), new Budget(profile.sizes.entropy))
    }),
  )
  return { bytes }
}

/** `log.write: func(level: level, text: string)` */
export function logFunctions(context: HostContext): Record<string, unknown> {
  const { gate, profile } = context
  const write = lowered(context, (memory) =>
    gate.guard((level: number, pointer: number, length: number) => {
      const { host } = gate
      memory.refresh()
      const name = LEVELS[level >>> 0]
      if (name === undefined) throw new GuestTrap(`log: expected a level from 0 to 3, got ${level >>> 0}`)
      if (length >>> 0 > profile.sizes.logText)
        throw new GuestTrap(`log: expected at most ${profile.sizes.logText} bytes, got ${length >>> 0}`)
      host.log(name, memory.text(pointer, length))
    }),
  )
  return { write }
}
