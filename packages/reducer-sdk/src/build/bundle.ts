/** One JavaScript module of a reducer: the ban on ambient sources first, then the author's module, then the exports of the WIT. */
import { FoldbError } from '@foldb/abi'
import { access } from 'node:fs/promises'
import { isBuiltin } from 'node:module'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'rolldown'
import { loadRolldown } from './peers.ts'

const ENTRY = '\0foldb:entry'
const AMBIENT = '\0foldb:ambient'
const INTERFACES = 'foldb:reducer/'
const VERSION = '0.1.0'

const ambientSource = (): string => {
  const path = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? './ambient.ts' : './ambient.js', import.meta.url))
  return `import { forbidAmbient } from ${JSON.stringify(path)}\nforbidAmbient()\n`
}

const entrySource = (entry: string): string => `
import ${JSON.stringify(AMBIENT)}
import { reducer } from ${JSON.stringify(entry)}
import { call } from '${INTERFACES}tables-json@${VERSION}'
import { bytes } from '${INTERFACES}entropy@${VERSION}'
import { write } from '${INTERFACES}log@${VERSION}'
const host = { call, entropy: bytes, log: write }
if (typeof reducer?.describe !== 'function') throw new TypeError('expected the export reducer to come from defineReducer')
export const reducerJson = {
  describe: () => reducer.describe(),
  init: (args) => reducer.init(args, host),
  reduce: (message) => reducer.reduce(message, host),
}
`

/** Wires the author's module; notes in `importers` who imported each name. */
function guestModules(entry: string, importers: Map<string, string>): Plugin {
  return {
    name: 'foldb-guest',
    resolveId(id, importer) {
      if (importer !== undefined) importers.set(id, importer)
      if (id === ENTRY || id === AMBIENT) return { id, moduleSideEffects: true }
      if (id.startsWith(INTERFACES)) return { id, external: true }
      return undefined
    },
    load(id) {
      if (id === ENTRY) return { code: entrySource(entry), moduleType: 'js' }
      if (id === AMBIENT) return { code: ambientSource(), moduleType: 'js' }
      return undefined
    },
  }
}

/** Where and what, of one of rolldown's errors. */
interface BundleError {
  readonly code?: string
  readonly message: string
  readonly loc?: { readonly file?: string; readonly line: number; readonly column: number }
}

/** Its first line, without the bundler's code and drawing. */
function firstLine(message: string): string {
  return message
    .split('\n', 1)[0]!
    .replace(/^\[\w+\] /, '')
    .replaceAll('\0', '')
}

function bundleFailed(cause: unknown, entry: string): FoldbError {
  const { code, message, loc } = ((cause as { errors?: readonly BundleError[] }).errors?.[0] ?? cause) as BundleError
  if (code === 'MISSING_EXPORT' && message.includes('"reducer"')) return noReducer(entry, cause)
  const place =
    loc === undefined
      ? undefined
      : { file: loc.file === undefined ? entry : relative(process.cwd(), loc.file), line: loc.line, column: loc.column + 1 }
  const where = place === undefined ? entry : `${place.file}:${place.line}:${place.column}`
  return new FoldbError('bundle-failed', `cannot bundle ${where}: ${firstLine(message)}`, { fields: { file: entry, ...place }, cause })
}

function noReducer(entry: string, cause: unknown): FoldbError {
  const text = `${entry} has no export named reducer: write export const reducer = defineReducer({ … })`
  return new FoldbError('no-reducer', text, { fields: { file: entry }, cause })
}

/** Everything that a reducer imports is bundled: what is left was not found, or belongs to Node.js. */
function refuseOutside(imports: readonly string[], importers: ReadonlyMap<string, string>): void {
  const outside = imports.find((name) => !name.startsWith(INTERFACES))
  if (outside === undefined) return
  const file = relative(process.cwd(), importers.get(outside) ?? '')
  const why = isBuiltin(outside)
    ? 'which only Node.js has: a reducer sees its tables and the message, nothing else'
    : 'which was not found: install it, and it is bundled into the component'
  throw new FoldbError('outside-import', `${file} imports ${outside}, ${why}`, { fields: { file, import: outside } })
}

/**
 * Bundles a reducer's module.
 * @throws FoldbError `missing-entry`, `bundle-failed` (with file, line and column), `outside-import`, `no-reducer`, `missing-peer`.
 */
export async function bundleReducer(entry: string): Promise<string> {
  const shown = relative(process.cwd(), entry)
  await access(entry).catch((cause: unknown) => {
    throw new FoldbError('missing-entry', `cannot read ${shown}: no such file`, { fields: { file: shown }, cause })
  })
  const { rolldown } = await loadRolldown()
  const importers = new Map<string, string>()
  try {
    await using bundle = await rolldown({
      input: ENTRY,
      plugins: [guestModules(entry, importers)],
      platform: 'neutral',
      resolve: { conditionNames: ['@foldb/source', 'import', 'default'], mainFields: ['module', 'main'] },
      logLevel: 'silent',
    })
    const { output } = await bundle.generate({ format: 'esm', codeSplitting: false, sourcemap: false })
    refuseOutside(output[0].imports, importers)
    return output[0].code
  } catch (error) {
    throw FoldbError.is(error) ? error : bundleFailed(error, shown)
  }
}
