/** Builds reducer.wasm from src/reducer.ts. */
import { buildReducer } from '@foldb/reducer-sdk/build'
import { fileURLToPath } from 'node:url'

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url))
const component = await buildReducer({ entry: path('../src/reducer.ts'), out: path('../reducer.wasm') })
console.log(`reducer.wasm: ${component.length} bytes`)
