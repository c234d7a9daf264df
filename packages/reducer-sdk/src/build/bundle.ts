/** One JavaScript module of a reducer: the ban on ambient sources first, then the author's module, then the exports of the WIT. */
import { FoldbError } from '@foldb/abi'
import { access } from 'node:fs/promises'
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

function guestModules(entry: string): Plugin {
  return {
    name: 'foldb-guest',
    resolveId(id) {
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
  readonly id?: string
}

function refusal(cause: unknown, entry: string): FoldbError {
  const first = ((cause as { errors?: readonly BundleError[] }).errors?.[0] ?? cause) as BundleError
  const text = first.message.replaceAll('\0', '')
  if (first.code === 'MISSING_EXPORT' && text.includes('"reducer"')) return noReducer(entry, cause)
  const fields = { ...(first.loc && { file: first.loc.file, line: first.loc.line, column: first.loc.column }), bundler: first.code }
  return new FoldbError('bundle-failed', `cannot bundle ${entry}: ${text}`, { fields, cause })
}

function noReducer(entry: string, cause?: unknown): FoldbError {
  const text = `${entry} has no export named reducer: write export const reducer = defineReducer({ … })`
  return new FoldbError('no-reducer', text, { fields: { file: entry }, cause })
}

/** A reducer must not import what only a computer outside the sandbox has. */
function refuseOutside(imports: readonly string[], entry: string): void {
  const outside = imports.find((name) => !name.startsWith(INTERFACES))
  if (outside === undefined) return
  const what = outside.startsWith('node:') ? 'a module of Node.js' : 'a module that was not found'
  const cure = 'a reducer can use only packages that are bundled and need no platform; state belongs into tables, time and randomness come with the message'
  throw new FoldbError('outside-import', `${entry} imports ${outside}, ${what}: ${cure}`, { fields: { file: entry, import: outside } })
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
  try {
    await using bundle = await rolldown({
      input: ENTRY,
      plugins: [guestModules(entry)],
      platform: 'neutral',
      resolve: { conditionNames: ['@foldb/source', 'import', 'default'], mainFields: ['module', 'main'] },
      logLevel: 'silent',
    })
    const { output } = await bundle.generate({ format: 'esm', codeSplitting: false, sourcemap: false })
    refuseOutside(output[0].imports, shown)
    return output[0].code
  } catch (error) {
    throw FoldbError.is(error) ? error : refusal(error, shown)
  }
}
