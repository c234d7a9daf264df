/** Rebuilds hello.wasm from hello.wat and hello.wit: `node --conditions=@foldb/source examples/build-hello.ts`. */
import { readFileSync, writeFileSync } from 'node:fs'
import { componentEmbed, componentNew, parse } from '@bytecodealliance/jco-transpile/wasm-tools'

const at = (name: string): URL => new URL(name, import.meta.url)

const core = await parse(readFileSync(at('hello.wat'), 'utf8'))
const embedded = await componentEmbed({
  binary: core,
  witSource: readFileSync(at('hello.wit'), 'utf8'),
  world: 'hello',
  stringEncoding: 'utf8',
})
writeFileSync(at('hello.wasm'), await componentNew(embedded, []))
