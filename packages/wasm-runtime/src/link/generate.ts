/**
 * Turns an admitted component into glue code and core modules with jco's transpiler, used as a linker only: what crosses the boundary is
 * lifted and lowered by this package. Names in the component were checked before, because the glue holds them between quotes.
 */
import { Fault } from '@foldb/abi'
import { badComponent } from '../bad-component.ts'

/** Version of jco-transpile that the edits below were written for; part of every cache key. */
export const JCO_VERSION = '0.15.0'

/** Glue as text, and the core modules it instantiates, by file name. */
export interface Linked {
  readonly script: string
  readonly modules: ReadonlyMap<string, Uint8Array>
}

const FILE = 'component'
/** jco's export of a native promise where the engine has them; synchronous calls never need it. */
const PROMISING = /try \{\s*(\w+) = WebAssembly\.promising\(([^)]*)\);\s*\} catch\(err\) \{\s*\w+ = [^;]*;\s*\}/g
/** jco's account of tasks around a call from one component within to another: there are none here, because the host enters core code itself. */
const GUEST_CALL_ENTER = /function _symmetricSyncGuestCallEnter\([^)]*\) \{/
const GUEST_CALL_EXIT = /function _symmetricSyncGuestCallExit\(\) \{/
const DEBUG_DEFINITION = /const _debugLog = [^]*?\n {2}\};/

/** Where the call that opens at `open` (an index of its parenthesis) ends. */
function endOfCall(script: string, open: number): number {
  let depth = 0
  let quote = ''
  for (let i = open; i < script.length; i++) {
    const c = script[i]!
    if (quote !== '') {
      if (c === '\\') i++
      else if (c === quote) quote = ''
    } else if (c === '"' || c === "'" || c === '`') quote = c
    else if (c === '(') depth++
    else if (c === ')' && --depth === 0) return i + 1
  }
  throw new Fault('linker', 'glue code: expected the end of a call, got the end of the text')
}

/** Takes out what jco does for debugging on every call, its account of tasks, and blocks that need a newer engine. */
export function trimGlue(script: string): string {
  let out = ''
  let at = 0
  for (;;) {
    const call = script.indexOf('_debugLog(', at)
    if (call < 0) break
    out += `${script.slice(at, call)}void 0`
    at = endOfCall(script, call + '_debugLog'.length)
  }
  out += script.slice(at)
  return out
    .replace(DEBUG_DEFINITION, '')
    .replace(PROMISING, '$1 = $2;')
    .replace(GUEST_CALL_ENTER, '$& return 1;')
    .replace(GUEST_CALL_EXIT, '$& return;')
}

/**
 * Transpiles a component. The first call compiles the transpiler and takes a second or two.
 * @throws FoldbError `bad-component` when the component is not valid WebAssembly: types and code are validated here.
 */
export async function generateGlue(bytes: Uint8Array): Promise<Linked> {
  const { $init, generate } = await import('@bytecodealliance/jco-transpile/component')
  await $init
  const modules = new Map<string, Uint8Array>()
  let script = ''
  for (const [name, content] of transpile(generate, bytes)) {
    if (name.endsWith('.wasm')) modules.set(name, content)
    else if (name === `${FILE}.js`) script = trimGlue(new TextDecoder().decode(content))
  }
  return { script, modules }
}

type Generate = typeof import('@bytecodealliance/jco-transpile/component').generate

function transpile(generate: Generate, bytes: Uint8Array): readonly (readonly [string, Uint8Array])[] {
  try {
    return generate(bytes, {
      name: FILE,
      noTypescript: true,
      noNodejsCompat: true,
      instantiation: { tag: 'sync' },
      importBindings: { tag: 'hybrid' },
      base64Cutoff: 0,
      noComponentErrorWrapping: true,
    }).files
  } catch (cause) {
    const text = cause instanceof Error ? cause.message : String(cause)
    throw badComponent([{ code: 'invalid', text: `expected a valid component, got one that cannot be linked: ${firstLine(text)}` }], cause)
  }
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0]!.slice(0, 300)
}
