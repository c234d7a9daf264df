/** Runs any component that imports nothing: its exported functions, lifted and lowered by jco. */
import { DEFAULT_PROFILE, FoldbError, type Profile } from '@foldb/abi'
import { sha256 } from '@foldb/state-tree'
import { badComponent } from './bad-component.ts'
import { type Evaluated, type Item } from './component/evaluate.ts'
import { examineComponent, type Finding } from './component/inspect.ts'
import { findProgram, type ProgramOptions } from './link/find-program.ts'
import type { Program } from './link/program.ts'

export interface WasmRuntimeOptions extends ProgramOptions {
  readonly profile?: Profile
}

/** A component that runs. State that it keeps in memory lives from call to call, until a trap. */
export interface WasmRuntime extends Disposable {
  /** What can be called: `hello`, or `demo:greetings/greet@1.0.0#hello`. */
  readonly exports: readonly string[]
  /**
   * Calls an exported function. Values are as jco has them: 64-bit integers are bigints, records are objects, names in camel case.
   * @throws FoldbError `unknown-export`, `bad-arguments`, `trapped`, or `refused` with `fields.payload` when the function gave an error
   */
  call(name: string, args?: readonly unknown[]): unknown
}

type Lifted = (...args: unknown[]) => unknown

/** `get-row` to `getRow`, as jco names what it lifts. */
function camelCase(name: string): string {
  return name
    .split('-')
    .map((word, i) => (i === 0 ? word.toLowerCase() : word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase()))
    .join('')
}

/** Callable names with where jco puts each. */
function functionsOf(exports: ReadonlyMap<string, Item>): Map<string, readonly string[]> {
  const found = new Map<string, readonly string[]>()
  for (const [name, item] of exports) {
    if (item.sort === 'func') found.set(name, [camelCase(name)])
    if (item.sort !== 'instance') continue
    for (const [member, inner] of item.exports)
      if (inner.sort === 'func' && !member.startsWith('[')) found.set(`${name}#${member}`, [name, camelCase(member)])
  }
  return found
}

class ComponentRuntime implements WasmRuntime {
  readonly exports: readonly string[]
  readonly #program: Program
  readonly #functions: ReadonlyMap<string, readonly string[]>
  #lifted: Readonly<Record<string, unknown>> | undefined
  #disposed = false

  constructor(program: Program, functions: ReadonlyMap<string, readonly string[]>) {
    this.exports = [...functions.keys()]
    this.#program = program
    this.#functions = functions
  }

  call(name: string, args: readonly unknown[] = []): unknown {
    if (this.#disposed) throw new FoldbError('disposed', 'this runtime was disposed: make another')
    const run = this.#find(name)
    if (args.length !== run.length) throw new FoldbError('bad-arguments', `${name}: expected ${run.length} arguments, got ${args.length}`)
    try {
      return run(...args)
    } catch (error) {
      this.#refuse(name, error)
    }
  }

  [Symbol.dispose](): void {
    this.#disposed = true
    this.#lifted = undefined
  }

  #find(name: string): Lifted {
    const path = this.#functions.get(name) ?? this.#functions.get(this.exports.find((full) => full.replace(/@[^#]*/, '') === name) ?? '')
    if (path === undefined)
      throw new FoldbError('unknown-export', `expected one of ${this.exports.join(', ') || 'no exports'}, got ${JSON.stringify(name)}`)
    this.#lifted ??= this.#program.instantiate({}).lifted
    let found: unknown = this.#lifted
    for (const step of path) found = (found as Record<string, unknown>)[step]
    return found as Lifted
  }

  #refuse(name: string, error: unknown): never {
    if (!(error instanceof Error))
      throw new FoldbError('refused', `${name}: the function gave an error`, { fields: { payload: error }, cause: error })
    if (error instanceof TypeError) throw new FoldbError('bad-arguments', `${name}: ${error.message}`, { cause: error })
    this.#lifted = undefined
    throw new FoldbError('trapped', `${name}: ${error.message}; the next call starts from a new instance`, { cause: error })
  }
}

function importFindings({ imports }: Evaluated): Finding[] {
  return imports.map(({ name, offset }) => ({
    code: 'foreign-import',
    offset,
    text: `expected a component without imports, got ${name}: a reducer is loaded with loadReducer`,
  }))
}

/**
 * Loads a component that imports nothing.
 *
 * @throws FoldbError `bad-component` with `fields.findings`
 * @example
 * using runtime = await initWasmRuntime(await readFile('hello.wasm'))
 * runtime.call('greet', ['world']) // 'hello, world'
 */
export async function initWasmRuntime(component: Uint8Array, options: WasmRuntimeOptions = {}): Promise<WasmRuntime> {
  const bytes = new Uint8Array(component)
  const profile = options.profile ?? DEFAULT_PROFILE
  const examined = examineComponent(bytes, profile)
  if ('code' in examined) throw badComponent([examined])
  const findings = [...importFindings(examined.evaluated), ...examined.findings]
  if (findings.length > 0) throw badComponent(findings)
  const program = await findProgram(bytes, sha256(bytes), examined.evaluated.coreInstances, options, profile)
  return new ComponentRuntime(program, functionsOf(examined.evaluated.exports))
}
