/** `node conformance/build.mjs [out.wasm]`: compiles the message decoder, to conformance/message.wasm unless told. */
import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { buildCore } from '../build.mjs'

const flags = ['--use', 'abort=conformance/trap/trap', '--initialMemory', '4']
const core = await buildCore({ entry: 'conformance/module.ts', baseDir: fileURLToPath(new URL('../', import.meta.url)), flags })
await writeFile(process.argv[2] ?? new URL('message.wasm', import.meta.url), core)
console.log(`message.wasm: ${core.length} bytes`)
