/** Says what a component is and everything that keeps it from being a reducer, without running it: protocol.md, admission. */
import { DEFAULT_PROFILE, type Profile, REDUCER_PACKAGE, type World } from '@foldb/abi'
import { contractOf, type Contract } from './contract.ts'
import { type CoreModuleRange, decodeComponent } from './decode.ts'
import { evaluateComponent, type CoreInstance, type Evaluated, type Import, type Item, type Lift } from './evaluate.ts'
import { Malformed, Reader } from './reader.ts'
import { inspectModule } from '../core-module/findings.ts'

/** One reason why a component is refused. */
export interface Finding {
  /** Stable: `foreign-import`, `truncated`. */
  readonly code: string
  /** Byte offset in the file, where it is known. */
  readonly offset?: number
  /** Expected, got, cure. */
  readonly text: string
}

/** What `inspectComponent` found out. A component without findings can be loaded. */
export interface Inspection {
  readonly world?: World
  readonly imports: readonly string[]
  readonly exports: readonly string[]
  readonly findings: readonly Finding[]
}

/** The three functions of a reducer and where they are in the component's core instances. */
export interface Entries {
  readonly describe: Lift
  readonly init: Lift
  readonly reduce: Lift
}

/** An inspection with what a linker needs. */
export interface Admission extends Inspection {
  readonly entries?: Entries
  readonly coreInstances: readonly CoreInstance[]
  /** Some module can change what a reset of memory and globals does not set back. */
  readonly keepsState: boolean
}

const SQL_TEXT = 'SQL reducers arrive with the SQL tier and cannot be run by this version'
const PREFIX = `${REDUCER_PACKAGE.name}/`
const SUFFIX = `@${REDUCER_PACKAGE.version}`
/** Interfaces of types alone: a component imports them when its functions use their types. */
const TYPE_INTERFACES: ReadonlySet<string> = new Set(['types', 'schema'])
const TYPED_IMPORTS: ReadonlySet<string> = new Set(['tables', 'sql'])
const JSON_IMPORTS: ReadonlySet<string> = new Set(['tables-json', 'sql-json'])
const ALL_IMPORTS: ReadonlySet<string> = new Set([...TYPE_INTERFACES, ...TYPED_IMPORTS, ...JSON_IMPORTS, 'entropy', 'log'])

function foreignImport({ name, offset }: Import): Finding {
  if (name.startsWith('wasi:')) {
    const text =
      `this component imports ${name}: expected no import outside ${REDUCER_PACKAGE.name}, because a clock, a file or a random number would ` +
      'differ between machines; build it with its runtime stubbed (buildReducer does; componentize-py: --stub-wasi; componentize-qjs: stubWasi; ' +
      'Rust, C and Zig: a target without WASI such as wasm32-unknown-unknown)'
    return { code: 'wasi-import', offset, text }
  }
  const text = `this component imports ${name}: expected only interfaces of ${REDUCER_PACKAGE.name}${SUFFIX}; remove that dependency`
  return { code: 'foreign-import', offset, text }
}

function importFinding(of: Import, contract: Contract): Finding | undefined {
  const { name, offset } = of
  if (!name.startsWith(PREFIX)) return foreignImport(of)
  const [path = '', version] = name.slice(PREFIX.length).split('@')
  if (version !== REDUCER_PACKAGE.version) {
    const text = `this component imports ${name}: expected version ${REDUCER_PACKAGE.version}, got ${version ?? 'none'}; rebuild it against the WIT of this version`
    return { code: 'wrong-version', offset, text }
  }
  if (path === 'sql' || path === 'sql-json')
    return { code: 'sql-import', offset, text: `this component imports ${PREFIX}${path}: ${SQL_TEXT}` }
  if (!ALL_IMPORTS.has(path) || of.sort !== 'instance') return foreignImport(of)
  if (of.type?.kind !== 'instance') return { code: 'wrong-type', offset, text: `this component imports ${name}: expected an interface` }
  for (const [member, extern] of of.type.exports) {
    if (extern.sort === 'type' && extern.type?.kind === 'value') continue
    const type = extern.type
    if (extern.sort === 'func' && type?.kind === 'func' && type.id === contract.get(`${path}#${member}`)) continue
    const text = `this component imports ${name}#${member}: expected the type that the WIT declares, got another; rebuild it against the WIT of this version`
    return { code: 'wrong-type', offset, text }
  }
  return undefined
}

interface ExportCheck {
  readonly world?: World
  readonly entries?: Entries
  readonly findings: readonly Finding[]
}

function entryFinding(lift: Lift | undefined, at: string): Finding | undefined {
  if (lift === undefined)
    return { code: 'unsupported-export', text: `${at}: expected a function of this component, got one that it imports` }
  if (lift.encoding !== 'utf8') return { code: 'unsupported-encoding', text: `${at}: expected strings in UTF-8, got ${lift.encoding}` }
  if (lift.func.instance === undefined || lift.memory?.instance === undefined) {
    return { code: 'unsupported-export', text: `${at}: expected a core function and a memory of this component's own modules` }
  }
  return undefined
}

function checkInterface(name: string, path: string, item: Item, contract: Contract): ExportCheck {
  const findings: Finding[] = []
  const lifts: Record<string, Lift> = Object.create(null) as Record<string, Lift>
  for (const member of ['describe', 'init', 'reduce']) {
    const at = `export ${name}#${member}`
    const func = item.sort === 'instance' ? item.exports.get(member) : undefined
    if (func?.sort !== 'func') {
      findings.push({ code: 'missing-export', text: `${at}: expected this function, got none; export the whole interface` })
      continue
    }
    if (func.type?.kind !== 'func' || func.type.id !== contract.get(`${path}#${member}`)) {
      findings.push({
        code: 'wrong-type',
        text: `${at}: expected the type that the WIT declares, got another; rebuild it against the WIT of this version`,
      })
      continue
    }
    const finding = entryFinding(func.lift, at)
    if (finding === undefined) lifts[member] = func.lift!
    else findings.push(finding)
  }
  const { describe, init, reduce } = lifts
  const world: World = path === 'reducer' ? 'typed-reducer' : 'json-reducer'
  if (describe === undefined || init === undefined || reduce === undefined) return { world, findings }
  if (init.realloc?.instance === undefined || reduce.realloc?.instance === undefined) {
    return {
      world,
      findings: [
        ...findings,
        { code: 'missing-realloc', text: `export ${name}: expected an allocator (cabi_realloc) of this component's own modules, got none` },
      ],
    }
  }
  return { world, entries: { describe, init, reduce }, findings }
}

function checkExports(evaluated: Evaluated, contract: Contract): ExportCheck {
  const typed = `${PREFIX}reducer${SUFFIX}`
  const json = `${PREFIX}reducer-json${SUFFIX}`
  const typedItem = evaluated.exports.get(typed)
  const jsonItem = evaluated.exports.get(json)
  if (typedItem !== undefined && jsonItem !== undefined) {
    return { findings: [{ code: 'wrong-world', text: `expected one of ${typed} and ${json}, got both: export the one of your world` }] }
  }
  if (typedItem !== undefined) return checkInterface(typed, 'reducer', typedItem, contract)
  if (jsonItem !== undefined) return checkInterface(json, 'reducer-json', jsonItem, contract)
  for (const name of evaluated.exports.keys()) {
    if (/^foldb:reducer\/reducer(-json)?(@|$)/.test(name)) {
      return {
        findings: [
          {
            code: 'wrong-version',
            text: `expected an export ${typed} or ${json}, got ${name}: rebuild it against the WIT of this version`,
          },
        ],
      }
    }
  }
  const got = [...evaluated.exports.keys()].slice(0, 8).join(', ') || 'none'
  return {
    findings: [
      {
        code: 'missing-export',
        text: `expected an export ${typed} or ${json}, got ${got}: build it for the world typed-reducer or json-reducer`,
      },
    ],
  }
}

/** Imports of the other world: a typed reducer speaks typed tables, an interpreted one JSON. */
function mixedImports(imports: readonly Import[], world: World | undefined): Finding[] {
  if (world === undefined) return []
  const other = world === 'typed-reducer' ? JSON_IMPORTS : TYPED_IMPORTS
  const findings: Finding[] = []
  for (const { name, offset } of imports) {
    const path = name.slice(PREFIX.length).split('@')[0] ?? ''
    if (!name.startsWith(PREFIX) || !other.has(path) || path.startsWith('sql')) continue
    findings.push({
      code: 'wrong-world',
      offset,
      text: `this component exports the world ${world} and imports ${name}: expected imports of one world`,
    })
  }
  return findings
}

/** A component that could be read: what it is, and what is wrong with its modules. */
export interface Examined {
  readonly evaluated: Evaluated
  readonly keepsState: boolean
  readonly findings: readonly Finding[]
}

/** Reads a component and its modules, whatever it is for; a finding when that is not possible. */
export function examineComponent(bytes: Uint8Array, profile: Profile): Examined | Finding {
  if (bytes.length > profile.sizes.component) {
    return {
      code: 'too-large',
      text: `expected a component of at most ${profile.sizes.component} bytes, got ${bytes.length}: build it smaller, or under a profile that allows it`,
    }
  }
  let evaluated: Evaluated
  let modules: readonly CoreModuleRange[]
  try {
    const decoded = decodeComponent(bytes)
    modules = decoded.modules
    evaluated = evaluateComponent(decoded.body)
  } catch (error) {
    if (error instanceof Malformed) return { code: error.code, offset: error.offset, text: error.message }
    throw error
  }
  const inspected = modules.map(({ start, end }) => inspectModule(new Reader(bytes, start, end), profile))
  return { evaluated, keepsState: inspected.some(({ keepsState }) => keepsState), findings: inspected.flatMap(({ findings }) => findings) }
}

/** Inspects a component and keeps what a linker needs of it. Never throws for bad bytes. */
export function admitComponent(bytes: Uint8Array, profile: Profile = DEFAULT_PROFILE): Admission {
  const examined = examineComponent(bytes, profile)
  if ('code' in examined) return { imports: [], exports: [], findings: [examined], coreInstances: [], keepsState: true }
  const { evaluated, keepsState } = examined
  const contract = contractOf(evaluated.types)
  const exported = checkExports(evaluated, contract)
  const findings: Finding[] = []
  for (const of of evaluated.imports) {
    const finding = importFinding(of, contract)
    if (finding !== undefined) findings.push(finding)
  }
  findings.push(...mixedImports(evaluated.imports, exported.world), ...exported.findings, ...examined.findings)
  return {
    ...(exported.world === undefined ? {} : { world: exported.world }),
    ...(exported.entries === undefined ? {} : { entries: exported.entries }),
    imports: evaluated.imports.map(({ name }) => name),
    exports: [...evaluated.exports.keys()],
    findings,
    coreInstances: evaluated.coreInstances,
    keepsState,
  }
}

/**
 * What a component imports and exports, which world it is built for, and every reason why it is refused.
 *
 * @example
 * for (const { offset, text } of inspectComponent(bytes).findings) console.error(offset, text)
 */
export function inspectComponent(bytes: Uint8Array, profile: Profile = DEFAULT_PROFILE): Inspection {
  const { world, imports, exports, findings } = admitComponent(bytes, profile)
  return { ...(world === undefined ? {} : { world }), imports, exports, findings }
}
