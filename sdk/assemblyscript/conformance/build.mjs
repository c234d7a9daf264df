/** `node conformance/build.mjs` in this package: compiles the message decoder to conformance/message.wasm. */
import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { buildCore } from '../build.mjs'

const flags = ['--use', 'abort=conformance/trap/trap', '--initialMemory', '4']
const core = await buildCore({ entry: 'conformance/module.ts', baseDir: fileURLToPath(new URL('../', import.meta.url)), flags })
await writeFile(new URL('message.wasm', import.meta.url), core)
console.log(`message.wasm: ${core.length} bytes`)
