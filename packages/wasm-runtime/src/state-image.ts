/** The state of an instance right after instantiation, and the way back to it: memories and mutable globals of all its modules. */
import { GLOBAL_NAME, MEMORY_NAME } from './core-module/expose.ts'

interface MemoryImage {
  readonly memory: WebAssembly.Memory
  readonly bytes: Uint8Array
  view: Uint8Array
}

interface GlobalImage {
  readonly global: WebAssembly.Global
  readonly value: unknown
}

export class StateImage {
  readonly #memories: MemoryImage[] = []
  readonly #globals: GlobalImage[] = []

  constructor(cores: readonly WebAssembly.Exports[]) {
    for (const exports of cores) {
      for (const [name, item] of Object.entries(exports)) {
        if (name.startsWith(MEMORY_NAME) && item instanceof WebAssembly.Memory) {
          const view = new Uint8Array(item.buffer)
          this.#memories.push({ memory: item, bytes: view.slice(), view })
        } else if (name.startsWith(GLOBAL_NAME) && item instanceof WebAssembly.Global) {
          this.#globals.push({ global: item, value: item.value as unknown })
        }
      }
    }
  }

  /** Bytes that a restore copies. */
  get size(): number {
    return this.#memories.reduce((sum, { bytes }) => sum + bytes.length, 0)
  }

  /** Sets everything back; false when a memory has grown, which a guest could see for ever after. */
  restore(): boolean {
    for (const image of this.#memories) {
      const { buffer } = image.memory
      if (buffer.byteLength !== image.bytes.length) return false
      if (image.view.buffer !== buffer) image.view = new Uint8Array(buffer)
      image.view.set(image.bytes)
    }
    for (const { global, value } of this.#globals) global.value = value
    return true
  }
}
