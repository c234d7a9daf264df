/** The strict message decoder written a second time, in AssemblyScript: `sdk/assemblyscript/conformance`. */
import { readFileSync } from 'node:fs'

interface DecoderExports {
  readonly memory: WebAssembly.Memory
  room(length: number): number
  decode(): number
  encode(): number
  length(): number
}

const WASM = new URL('../../../sdk/assemblyscript/conformance/message.wasm', import.meta.url)
const module = new WebAssembly.Module(readFileSync(WASM))

/** The bytes written again from what was decoded, or undefined when they are refused. */
export function decodeElsewhere(bytes: Uint8Array): Uint8Array | undefined {
  const decoder = new WebAssembly.Instance(module).exports as unknown as DecoderExports
  const at = decoder.room(bytes.length)
  new Uint8Array(decoder.memory.buffer).set(bytes, at)
  if (decoder.decode() >= 0) return undefined
  const encoded = decoder.encode()
  return new Uint8Array(decoder.memory.buffer).slice(encoded, encoded + decoder.length())
}
