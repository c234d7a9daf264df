/** Runs a built component over a host in memory, through jco's generated bindings: enough to see what a guest answers. */
import { $init, generate } from '@bytecodealliance/jco-transpile/component'
import type { GuestHost } from '../src/host.ts'

/** The exports of the interface `reducer-json`. */
export interface GuestExports {
  describe(): string
  init(args: string): string
  reduce(message: string): string
}

type Instantiate = (
  module: (path: string) => WebAssembly.Module,
  imports: object,
  instance: (module: WebAssembly.Module, imports: WebAssembly.Imports) => WebAssembly.Instance,
) => Record<string, unknown>

/** Links a component to a host. */
export async function runComponent(component: Uint8Array, host: GuestHost): Promise<GuestExports> {
  await $init
  const options = { name: 'guest', noTypescript: true, noNodejsCompat: true, instantiation: { tag: 'sync' }, base64Cutoff: 0 }
  const files = new Map<string, Uint8Array>(generate(component, options as never).files)
  const script = new TextDecoder()
    .decode(files.get('guest.js'))
    .replace(/^export function instantiate/m, 'return function instantiate')
    .replace(/^export const _util/m, 'const _util')
  // oxlint-disable-next-line typescript/no-implied-eval -- the bindings come as text, and a file would have to be cleaned up
  const instantiate = new Function(script)() as Instantiate
  const imports = {
    'foldb:reducer/tables-json': { call: (request: string) => host.call(request) },
    'foldb:reducer/entropy': { bytes: (count: number) => host.entropy(count) },
    'foldb:reducer/log': { write: (level: 'info', text: string) => host.log(level, text) },
  }
  const exports = instantiate(
    (path) => new WebAssembly.Module(files.get(path) as Uint8Array<ArrayBuffer>),
    imports,
    (module, linked) => new WebAssembly.Instance(module, linked),
  )
  return exports['reducerJson'] as GuestExports
}
