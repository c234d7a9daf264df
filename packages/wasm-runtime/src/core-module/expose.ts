/**
 * Rewrites a core module so that its state can be read and set back: its memory and its mutable globals are exported under reserved
 * names, and memory and tables get the profile's maximum. Code is not touched.
 */
import { Reader } from '../component/reader.ts'
import { RESERVED_PREFIX, TABLE_ENTRIES_MAX } from './findings.ts'
import { type CoreModule, type Limits, parseCoreModule, type Section } from './parse.ts'

export const MEMORY_NAME: string = `${RESERVED_PREFIX}memory_`
export const GLOBAL_NAME: string = `${RESERVED_PREFIX}global_`

function leb(value: number): number[] {
  const out: number[] = []
  let rest = value
  do {
    const byte = rest % 128
    rest = Math.floor(rest / 128)
    out.push(rest > 0 ? byte | 0x80 : byte)
  } while (rest > 0)
  return out
}

function section(id: number, content: readonly Uint8Array[]): Uint8Array[] {
  const length = content.reduce((sum, part) => sum + part.length, 0)
  return [Uint8Array.from([id, ...leb(length)]), ...content]
}

function limitBytes({ minimum, maximum }: Limits, most: number): number[] {
  return [1, ...leb(minimum), ...leb(Math.min(maximum ?? most, Math.max(most, minimum)))]
}

function exportEntry(name: string, kind: number, index: number): number[] {
  return [...leb(name.length), ...new TextEncoder().encode(name), kind, ...leb(index)]
}

function extraExports(module: CoreModule): number[][] {
  const extra: number[][] = []
  module.memories.forEach((_, i) => extra.push(exportEntry(MEMORY_NAME + i, 2, module.imported.memories + i)))
  module.globals.forEach((mutable, i) => {
    if (mutable) extra.push(exportEntry(GLOBAL_NAME + i, 3, module.imported.globals + i))
  })
  return extra
}

function exportSection(bytes: Uint8Array, old: Section | undefined, extra: readonly number[][]): Uint8Array[] {
  const added = Uint8Array.from(extra.flat())
  if (old === undefined) return section(7, [Uint8Array.from(leb(extra.length)), added])
  const reader = new Reader(bytes, old.content, old.end)
  const count = reader.count()
  return section(7, [Uint8Array.from(leb(count + extra.length)), bytes.subarray(reader.position, old.end), added])
}

/** The same module with its state exposed and its growth bounded. */
export function exposeState(bytes: Uint8Array, memoryPagesMax: number): Uint8Array {
  const module = parseCoreModule(new Reader(bytes))
  const extra = extraExports(module)
  const parts: Uint8Array[] = [bytes.subarray(0, 8)]
  let exported = extra.length === 0
  const addExports = (old: Section | undefined): void => {
    if (!exported) parts.push(...exportSection(bytes, old, extra))
    exported = true
  }
  for (const old of module.sections) {
    const whole = bytes.subarray(old.start, old.end)
    // Custom sections may stand anywhere; of the others, 8 to 12 follow the exports.
    if (old.id > 7) addExports(undefined)
    if (old.id === 4) {
      const entries = module.tables.flatMap(({ element, limits }) => [element, ...limitBytes(limits, TABLE_ENTRIES_MAX)])
      parts.push(...section(4, [Uint8Array.from([...leb(module.tables.length), ...entries])]))
    } else if (old.id === 5) {
      const entries = module.memories.flatMap((limits) => limitBytes(limits, memoryPagesMax))
      parts.push(...section(5, [Uint8Array.from([...leb(module.memories.length), ...entries])]))
    } else if (old.id === 7 && !exported) addExports(old)
    else parts.push(whole)
  }
  addExports(undefined)
  return concat(parts)
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}
