/** Reads the sections of a core module as far as admission and the reset of state need them: WebAssembly binary format §5.5. */
import { readName } from '../component/names.ts'
import { Malformed, type Reader } from '../component/reader.ts'
import { skipConstant } from './instructions.ts'

/** Where a section is: `start` of its id, `content` behind its length, `end`. */
export interface Section {
  readonly id: number
  readonly start: number
  readonly content: number
  readonly end: number
}

export interface Limits {
  readonly minimum: number
  readonly maximum: number | undefined
}

export interface CoreModule {
  readonly sections: readonly Section[]
  readonly exports: readonly { readonly name: string; readonly offset: number }[]
  readonly imported: { readonly memories: number; readonly globals: number; readonly tables: number }
  readonly memories: readonly Limits[]
  readonly tables: readonly { readonly element: number; readonly limits: Limits }[]
  /** Of the globals that the module defines: whether each is mutable. */
  readonly globals: readonly boolean[]
}

const SECTION_ID_MAX = 12

function limits(reader: Reader): Limits {
  const at = reader.position
  const flags = reader.byte()
  if (flags > 1)
    throw new Malformed(
      'unsupported-feature',
      at,
      `expected a plain memory or table, got flags 0x${flags.toString(16)}: build it without threads and memory64`,
    )
  const minimum = reader.u32()
  return { minimum, maximum: flags === 1 ? reader.u32() : undefined }
}

function table(reader: Reader): { element: number; limits: Limits } {
  const at = reader.position
  const element = reader.byte()
  if (element !== 0x70 && element !== 0x6f)
    throw new Malformed('unsupported-feature', at, `expected a table of functions or externals, got element type 0x${element.toString(16)}`)
  return { element, limits: limits(reader) }
}

function globalType(reader: Reader): boolean {
  reader.byte()
  const at = reader.position
  const mutable = reader.byte()
  if (mutable > 1) throw new Malformed('malformed', at, `expected 0 or 1, got ${mutable}`)
  return mutable === 1
}

type Parts = {
  -readonly [key in keyof CoreModule]: CoreModule[key] extends readonly (infer T)[]
    ? T[]
    : { memories: number; globals: number; tables: number }
}

function imported(reader: Reader, parts: Parts): void {
  readName(reader)
  readName(reader)
  const at = reader.position
  const kind = reader.byte()
  if (kind === 0) reader.u32()
  else if (kind === 1) {
    parts.imported.tables++
    table(reader)
  } else if (kind === 2) {
    parts.imported.memories++
    limits(reader)
  } else if (kind === 3) {
    parts.imported.globals++
    globalType(reader)
  } else throw new Malformed('unsupported-feature', at, `expected an import of a function, table, memory or global, got kind ${kind}`)
}

function items(section: Section, reader: Reader, parts: Parts): void {
  const each = (read: () => void): void => {
    for (let left = reader.count(); left > 0; left--) read()
    reader.finish(`core section ${section.id}`)
  }
  if (section.id === 2) each(() => imported(reader, parts))
  else if (section.id === 4) each(() => parts.tables.push(table(reader)))
  else if (section.id === 5) each(() => parts.memories.push(limits(reader)))
  else if (section.id === 6) {
    each(() => {
      parts.globals.push(globalType(reader))
      skipConstant(reader)
    })
  } else if (section.id === 7) {
    each(() => {
      const offset = reader.position
      parts.exports.push({ name: readName(reader), offset })
      reader.skip(1)
      reader.u32()
    })
  }
}

/**
 * Reads a core module between the bounds of a reader.
 * @throws Malformed for bytes, names and sections outside the profile.
 */
export function parseCoreModule(reader: Reader): CoreModule {
  const parts: Parts = {
    sections: [],
    exports: [],
    imported: { memories: 0, globals: 0, tables: 0 },
    memories: [],
    tables: [],
    globals: [],
  }
  for (const [i, byte] of [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00].entries()) reader.expect(byte, `byte ${i} of a core module`)
  while (!reader.done) {
    const start = reader.position
    const id = reader.byte()
    const content = reader.slice(reader.u32())
    const section: Section = { id, start, content: content.position, end: content.end }
    if (id > SECTION_ID_MAX)
      throw new Malformed(
        'unsupported-feature',
        start,
        `expected a section of core WebAssembly, got id ${id}: build it without exceptions and other proposals`,
      )
    parts.sections.push(section)
    items(section, content, parts)
  }
  if (parts.memories.length + parts.imported.memories > 1) {
    throw new Malformed(
      'unsupported-feature',
      reader.position,
      'expected at most one memory in a core module, got more: build it without multi-memory',
    )
  }
  return parts
}
