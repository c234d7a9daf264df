/** Loads a component as a Reducer: admitted, linked, described once. protocol.md §13. */
import { DEFAULT_PROFILE, type Digest, FoldbError, type Manifest, type Profile, type Value } from '@foldb/abi'
import { type Call, type Reducer, type ReducerHost, type ReducerMessage } from '@foldb/derivation-core'
import { sha256 } from '@foldb/state-tree'
import { crossingsOf, entropyFunctions, type HostContext, logFunctions } from './abi/host-functions.ts'
import { jsonTableFunctions } from './abi/json-tables.ts'
import { typedTableFunctions } from './abi/typed-tables.ts'
import { type Crossing, crossingOf } from './abi/values.ts'
import { badComponent } from './bad-component.ts'
import { admitComponent, type Entries } from './component/inspect.ts'
import { JsonWorld } from './json-world.ts'
import { findProgram } from './link/find-program.ts'
import type { Program, TransformCore } from './link/program.ts'
import { type Ended, Machine } from './machine.ts'
import { TypedWorld } from './typed-world.ts'
import type { Verdict, World } from './world.ts'

export interface LoadOptions {
  readonly profile?: Profile
  /** Rewrites each core module before it is compiled, such as for metering. */
  readonly transformCore?: TransformCore
  /** Where generated glue is kept between runs: a directory private to the user, or false for nowhere. Default: the user's cache directory. */
  readonly glueDirectory?: string | false
}

/** A rejection's code: the guest's own, and part of history. */
const CODE = /^[a-z0-9-]{1,64}$/

class WasmReducer implements Reducer {
  readonly digest: Digest
  readonly manifest: Manifest
  readonly usesSql: boolean = false
  readonly #machine: Machine
  readonly #world: World
  readonly #genesis: readonly Crossing[]
  readonly #kinds: ReadonlyMap<string, readonly Crossing[]>
  #disposed = false

  constructor(digest: Digest, manifest: Manifest, machine: Machine, world: World) {
    this.digest = digest
    this.manifest = manifest
    this.#machine = machine
    this.#world = world
    this.#genesis = manifest.genesis.map(({ type }) => crossingOf(type))
    this.#kinds = new Map(manifest.messages.map(({ name, params }) => [name, params.map(({ type }) => crossingOf(type))]))
  }

  init(args: readonly Value[], host: ReducerHost): Call {
    this.#alive()
    return callOf(this.#machine.call('init', host, (entry, enter) => this.#world.init(entry, enter, args, this.#genesis)))
  }

  reduce(message: ReducerMessage, host: ReducerHost): Call {
    this.#alive()
    const crossings = this.#kinds.get(message.kind) ?? []
    return callOf(this.#machine.call('reduce', host, (entry, enter) => this.#world.reduce(entry, enter, message, crossings)))
  }

  [Symbol.dispose](): void {
    this.#disposed = true
  }

  #alive(): void {
    if (this.#disposed) throw new FoldbError('disposed', 'this reducer was disposed: load it again')
  }
}

function callOf(ended: Ended<Verdict>): Call {
  if ('trap' in ended) return { outcome: { status: 'trapped', code: 'trap' }, fuel: 0n, reason: ended.trap.message }
  const verdict = ended.answer
  if (verdict === undefined) return { outcome: { status: 'applied' }, fuel: 0n }
  if (!CODE.test(verdict.code))
    return {
      outcome: { status: 'trapped', code: 'trap' },
      fuel: 0n,
      reason: `rejection: expected a code of a–z, 0–9 and -, got ${JSON.stringify(verdict.code.slice(0, 80))}`,
    }
  return { outcome: { status: 'rejected', code: verdict.code }, fuel: 0n, reason: verdict.reason }
}

/**
 * Loads a reducer component. The first load in a process also starts the linker, which takes a second or two.
 *
 * @throws FoldbError `bad-component` with `fields.findings` when it is no reducer of this version, or `describe` traps
 * @example
 * const reducer = await loadReducer(await readFile('skirmish.wasm'))
 */
export async function loadReducer(component: Uint8Array, options: LoadOptions = {}): Promise<Reducer> {
  // What was admitted must be what is linked, whatever the caller does with the bytes meanwhile.
  const bytes = new Uint8Array(component)
  const profile = options.profile ?? DEFAULT_PROFILE
  const admission = admitComponent(bytes, profile)
  const { entries, world, keepsState, findings } = admission
  if (findings.length > 0 || entries === undefined) throw badComponent(findings)
  const digest = sha256(bytes)
  const program = await findProgram(bytes, digest, admission.coreInstances, options, profile)
  return start(digest, program, entries, world === 'typed-reducer', keepsState, profile)
}

function start(digest: Digest, program: Program, entries: Entries, typed: boolean, keepsState: boolean, profile: Profile): Reducer {
  let crossings: ReadonlyMap<string, readonly Crossing[]> = new Map()
  const machine = new Machine({
    program,
    entries,
    profile,
    keepsState,
    imports: (gate) => {
      const context: HostContext = { gate, profile, crossings: (table) => crossings.get(table) ?? [] }
      return {
        'foldb:reducer/tables': typedTableFunctions(context),
        'foldb:reducer/tables-json': jsonTableFunctions(context),
        'foldb:reducer/entropy': entropyFunctions(context),
        'foldb:reducer/log': logFunctions(context),
      }
    },
  })
  const world = typed ? new TypedWorld(profile) : new JsonWorld(profile)
  const manifest = describe(machine, world)
  crossings = crossingsOf(manifest)
  return new WasmReducer(digest, manifest, machine, world)
}

function describe(machine: Machine, world: World): Manifest {
  const ended = machine.call('describe', undefined, (entry, enter) => world.describe(entry, enter))
  if ('answer' in ended) return ended.answer()
  throw badComponent(
    [
      {
        code: 'describe-trapped',
        text: `describe: expected a manifest, got a trap: ${ended.trap.message}; describe may not call the host`,
      },
    ],
    ended.trap,
  )
}
