/** Clock and entropy that are the same in every run; loaded before PGlite, which keeps references to both. */
import { createRequire } from 'node:module'

interface NodeCrypto {
  randomFillSync: (view: Uint8Array) => Uint8Array
}

/** Pins `Date.now`, `performance.now`, and the sources of random bytes that Emscripten picks from. */
export function pinEntropy(): void {
  let state = 1
  const fill = <T extends ArrayBufferView>(view: T): T => {
    const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
    for (let i = 0; i < bytes.length; i++) {
      state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
      bytes[i] = state >> 16
    }
    return view
  }
  const nodeCrypto = createRequire(import.meta.url)('node:crypto') as NodeCrypto
  nodeCrypto.randomFillSync = fill
  globalThis.crypto.getRandomValues = fill
  Date.now = () => 1_700_000_000_000
  performance.now = () => 1000
}
