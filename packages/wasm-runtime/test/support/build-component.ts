/** Makes components of WebAssembly text and the reducer's WIT, without any toolchain but jco's. */
import { readFileSync } from 'node:fs'
import { componentEmbed, componentNew, parse } from '@bytecodealliance/jco-transpile/wasm-tools'

const wit = readFileSync(new URL('../../../abi/wit/reducer.wit', import.meta.url), 'utf8')

export { parse }

export async function buildComponent(wat: string, world: string, witSource: string = wit): Promise<Uint8Array> {
  const core = await parse(wat)
  const embedded = await componentEmbed({ binary: core, witSource, world, stringEncoding: 'utf8' })
  return componentNew(embedded, [])
}

/** Bytes as a WAT string. */
export function watBytes(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += `\\${byte.toString(16).padStart(2, '0')}`
  return `"${text}"`
}
