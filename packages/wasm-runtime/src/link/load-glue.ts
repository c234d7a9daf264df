/** Glue code as a function; how depends on where this runs. */
import { isNode } from './environment.ts'

/** Host functions by import and name. */
export type ImportObject = Readonly<Record<string, Readonly<Record<string, unknown>>>>

/** What jco generates in its synchronous instantiation mode. */
export type Instantiate = (
  module: (file: string) => WebAssembly.Module,
  imports: ImportObject,
  instantiateCore: (module: WebAssembly.Module, imports?: WebAssembly.Imports) => WebAssembly.Instance,
) => Readonly<Record<string, unknown>>

export async function loadGlue(script: string): Promise<Instantiate> {
  if (isNode()) return (await import('./load-function.ts')).loadByFunction(script)
  return (await import('./load-blob.ts')).loadByBlob(script)
}
