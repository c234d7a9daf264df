/** From a TypeScript file to a component that imports nothing but the reducer's host. */
import { FoldbError } from '@foldb/abi'
import { writeFile } from 'node:fs/promises'
import { relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundleReducer } from './bundle.ts'
import { componentImports } from './component-imports.ts'
import { loadComponentize } from './peers.ts'

export interface BuildOptions {
  /** The file with `export const reducer = defineReducer({ … })`. */
  readonly entry: string
  /** Also writes the component there. */
  readonly out?: string
}

const PREFIX = 'foldb:reducer/'

/** The module is evaluated once, while the component is built: what it throws there is the author's to mend. */
function evaluationFailed(entry: string, cause: unknown): FoldbError {
  const shown = relative(process.cwd(), entry)
  const [line = ''] = (cause instanceof Error ? cause.message : String(cause)).split('\n', 1)
  const text = line.replace(/^.*module evaluation: (?:Error: )?/, '')
  return new FoldbError('build-failed', `${shown} cannot be made a component: ${text}`, { fields: { file: shown }, cause })
}

/**
 * Bundles a reducer and makes it a component of the world `json-reducer`. Takes 1 to 3 seconds.
 * Two builds of one source differ in bytes: a reducer is named by the bytes that were built, so keep them.
 *
 * @throws FoldbError `missing-entry`, `bundle-failed`, `outside-import`, `no-reducer`, `build-failed`, `missing-peer`.
 * @example
 * await buildReducer({ entry: 'src/reducer.ts', out: 'reducer.wasm' })
 */
export async function buildReducer(options: BuildOptions): Promise<Uint8Array> {
  const entry = resolve(options.entry)
  const jsSource = await bundleReducer(entry)
  const { componentize } = await loadComponentize()
  const witPath = fileURLToPath(import.meta.resolve('@foldb/abi/reducer.wit'))
  const built = await componentize({
    witPath,
    jsSource,
    world: 'json-reducer',
    stubWasi: true,
    sync: true,
    // Half a megabyte smaller with `optSize`, but a third slower, and its interpreter uses tail calls, which profile 1 refuses.
    optSize: false,
  }).catch((cause: unknown) => {
    throw evaluationFailed(entry, cause)
  })
  const component = new Uint8Array(built.component)
  const outside = componentImports(component).find((name) => !name.startsWith(PREFIX))
  if (outside !== undefined) throw new FoldbError('build-failed', `the component imports ${outside}, expected only ${PREFIX}*`)
  if (options.out !== undefined) await writeFile(options.out, component)
  return component
}
