/**
 * A guest's linear memory as the canonical ABI reads and writes it: every pointer, length, alignment and UTF-8 sequence is checked, and
 * what is wrong is a GuestTrap. One allocation a list or string; none for an empty one, whose pointer is its alignment.
 */
import { GuestTrap } from '@foldb/derivation-core'
import type { Gate } from './gate.ts'

export type Realloc = (old: number, oldSize: number, align: number, size: number) => number

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const encoder = new TextEncoder()
/** Calling the decoder costs more than this many characters taken one by one. */
const SHORT = 24
const NAN_HIGH = 0x7ff80000

/** Bytes that one host call, or one answer, may still bring across. */
export class Budget {
  #left: number

  constructor(bytes: number) {
    this.#left = bytes
  }

  charge(bytes: number): void {
    this.#left -= bytes
    if (this.#left < 0) throw new GuestTrap('more bytes in one call than the profile allows')
  }
}

export class GuestMemory {
  readonly #memory: WebAssembly.Memory
  readonly #realloc: Realloc | undefined
  readonly #gate: Gate
  u8: Uint8Array
  view: DataView

  constructor(memory: WebAssembly.Memory, realloc: Realloc | undefined, gate: Gate) {
    this.#memory = memory
    this.#realloc = realloc
    this.#gate = gate
    this.u8 = new Uint8Array(memory.buffer)
    this.view = new DataView(memory.buffer)
  }

  /** Takes the memory as it is now; growth leaves older views behind. */
  refresh(): void {
    if (this.u8.buffer === this.#memory.buffer) return
    this.u8 = new Uint8Array(this.#memory.buffer)
    this.view = new DataView(this.#memory.buffer)
  }

  /** A region of guest memory: its address as an unsigned number. */
  region(pointer: number, size: number, align: number): number {
    const at = pointer >>> 0
    if (at % align !== 0) throw new GuestTrap(`pointer ${at}: expected a multiple of ${align}`)
    if (at + size > this.u8.length) throw new GuestTrap(`pointer ${at}: expected ${size} bytes inside the memory of ${this.u8.length}`)
    return at
  }

  u32(at: number): number {
    return this.view.getUint32(at, true)
  }

  text(pointer: number, length: number): string {
    const size = length >>> 0
    const at = this.region(pointer, size, 1)
    if (size <= SHORT) {
      let text = ''
      const { u8 } = this
      for (let i = at; i < at + size; i++) {
        const code = u8[i]!
        if (code > 127) return this.#decode(at, size)
        text += String.fromCharCode(code)
      }
      return text
    }
    return this.#decode(at, size)
  }

  #decode(at: number, size: number): string {
    try {
      return decoder.decode(this.u8.subarray(at, at + size))
    } catch {
      throw new GuestTrap(`text at ${at}: expected UTF-8, got other bytes`)
    }
  }

  /** A copy. */
  bytes(pointer: number, length: number): Uint8Array {
    const size = length >>> 0
    const at = this.region(pointer, size, 1)
    return this.u8.slice(at, at + size)
  }

  /** A new region from the guest's allocator; every view must be taken anew after it. */
  allocate(size: number, align: number): number {
    if (size === 0) return align
    const realloc = this.#realloc
    if (realloc === undefined) throw new GuestTrap('expected an allocator in this component, got none')
    const pointer = this.#gate.allocate(() => realloc(0, 0, align, size))
    this.refresh()
    return this.region(pointer, size, align)
  }

  /** Writes a text into a new region and its place into `slot`. */
  putText(slot: number, text: string, budget: Budget): void {
    const { length } = text
    const plain = length <= SHORT && isAscii(text)
    const encoded = plain ? undefined : encoder.encode(text)
    const size = encoded?.length ?? length
    budget.charge(size)
    const at = this.allocate(size, 1)
    if (encoded === undefined) for (let i = 0; i < length; i++) this.u8[at + i] = text.charCodeAt(i)
    else this.u8.set(encoded, at)
    this.putPlace(slot, at, size)
  }

  putBytes(slot: number, bytes: Uint8Array, budget: Budget): void {
    budget.charge(bytes.length)
    const at = this.allocate(bytes.length, 1)
    if (bytes.length > 0) this.u8.set(bytes, at)
    this.putPlace(slot, at, bytes.length)
  }

  putPlace(slot: number, pointer: number, length: number): void {
    this.view.setUint32(slot, pointer, true)
    this.view.setUint32(slot + 4, length, true)
  }

  /** Writes a float; a NaN by its one bit pattern, −0 as 0. */
  putFloat(slot: number, value: number): void {
    if (Number.isNaN(value)) {
      this.view.setUint32(slot, 0, true)
      this.view.setUint32(slot + 4, NAN_HIGH, true)
    } else this.view.setFloat64(slot, value === 0 ? 0 : value, true)
  }

  /** Writes a safe whole number as 64 bits. */
  putInteger(slot: number, value: number): void {
    this.view.setInt32(slot, value | 0, true)
    this.view.setInt32(slot + 4, Math.floor(value / 4294967296), true)
  }
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false
  return true
}
