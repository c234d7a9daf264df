/** Calls a component: `node --conditions=@foldb/source examples/hello.ts`. */
import { readFile } from 'node:fs/promises'
import { initWasmRuntime } from '@foldb/wasm-runtime'

using runtime = await initWasmRuntime(await readFile(new URL('hello.wasm', import.meta.url)))
console.log(runtime.exports)
console.log(runtime.call('greet', ['world']))
console.log(runtime.call('demo:hello/numbers#add', [2, 40]))
