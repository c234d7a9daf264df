/** Builds a reducer component from AssemblyScript: asc makes the core module, wasm-tools the component. */
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { componentEmbed, componentNew } from '@bytecodealliance/jco-transpile/wasm-tools'
import asc from 'assemblyscript/asc'

const TRAP = '~lib/@foldb/assemblyscript/assembly/log/trap'
const WIT = import.meta.resolve('@foldb/abi/reducer.wit')
const ALWAYS = ['--outFile', 'core.wasm', '--runtime', 'stub', '-O3', '--shrinkLevel', '2', '--noColors']
const TRANSFORM = fileURLToPath(new URL('./transform.mjs', import.meta.url))

export async function buildReducer({ entry, baseDir = process.cwd(), initialPages = 2 }) {
  const flags = ['--use', `abort=${TRAP}`, '--transform', TRANSFORM, '--initialMemory', String(initialPages)]
  const binary = await buildCore({ entry, baseDir, flags })
  const witSource = await readFile(fileURLToPath(WIT), 'utf8')
  const embedded = await componentEmbed({ binary, witSource, world: 'typed-reducer', stringEncoding: 'utf8' })
  return componentNew(embedded, [])
}

export async function buildCore({ entry, baseDir = process.cwd(), flags = [] }) {
  let binary
  const stderr = asc.createMemoryStream()
  const { error } = await asc.main([entry, '--baseDir', baseDir, ...ALWAYS, ...flags], {
    stderr,
    writeFile: (_name, contents) => void (binary = contents),
  })
  if (error === null && binary !== undefined) return binary
  throw new Error(`asc refused ${entry}: ${error?.message ?? 'nothing was written'}\n${stderr.toString()}`, { cause: error })
}
