/** Reads a component's sections, nested components included, and accounts for every byte: component model binary format. */
import { coreSort, decodeAlias, externName, namedList, sort } from './decode-names.ts'
import { coreType, externType, NESTING_MAX, typeDef } from './decode-types.ts'
import type { CanonOptions, ComponentBody, Definition } from './model.ts'
import { readName } from './names.ts'
import { Malformed, Reader } from './reader.ts'

/** Definitions in one file, nested ones included. */
export const DEFINITIONS_MAX = 200_000

const MAGIC = [0x00, 0x61, 0x73, 0x6d]

/** Reads the first eight bytes, which say whether this is a component at all. */
function preamble(bytes: Uint8Array, reader: Reader): void {
  const at = reader.position
  const head = bytes.subarray(at, Math.min(at + 8, reader.end))
  if (head.length === 0) throw new Malformed('empty', at, 'expected a WebAssembly component, got an empty file')
  if (MAGIC.some((byte, i) => i < head.length && head[i] !== byte)) {
    throw new Malformed('not-wasm', at, 'expected a WebAssembly component (first bytes 00 61 73 6d), got another kind of file')
  }
  if (head.length < 8)
    throw new Malformed('truncated', at + head.length, `expected at least 8 bytes, got ${head.length}: the file is cut off`)
  if (head[6] === 0) {
    throw new Malformed(
      'core-module',
      at + 4,
      'expected a component, got a core module: make a component of it with `wasm-tools component new`',
    )
  }
  if (head[4] !== 0x0d || head[5] !== 0 || head[6] !== 1 || head[7] !== 0) {
    throw new Malformed(
      'wrong-version',
      at + 4,
      'expected version 0d 00 01 00 of the component format, got another: build it with current tools',
    )
  }
  reader.skip(8)
}

function canonOptions(reader: Reader): CanonOptions {
  const options: { -readonly [key in keyof CanonOptions]: CanonOptions[key] } = { encoding: 'utf8', isAsync: false }
  for (let left = reader.count(); left > 0; left--) {
    const at = reader.position
    const code = reader.byte()
    if (code === 0) options.encoding = 'utf8'
    else if (code === 1) options.encoding = 'utf16'
    else if (code === 2) options.encoding = 'latin1+utf16'
    else if (code === 3) options.memory = reader.u32()
    else if (code === 4) options.realloc = reader.u32()
    else if (code === 5) options.postReturn = reader.u32()
    else throw new Malformed('unsupported-canon', at, `expected a synchronous lift or lower, got option 0x${code.toString(16)}`)
  }
  return options
}

function canon(reader: Reader, offset: number): Definition {
  const code = reader.byte()
  if (code === 0x00) {
    reader.expect(0, 'a lift')
    const func = reader.u32()
    const options = canonOptions(reader)
    return { offset, kind: 'canon', operation: 'lift', func, options, type: reader.u32() }
  }
  if (code === 0x01) {
    reader.expect(0, 'a lower')
    const func = reader.u32()
    return { offset, kind: 'canon', operation: 'lower', func, options: canonOptions(reader) }
  }
  if (code >= 0x02 && code <= 0x04) {
    reader.u32()
    return { offset, kind: 'canon', operation: 'resource' }
  }
  throw new Malformed(
    'unsupported-canon',
    offset,
    `expected lift, lower or a resource operation, got 0x${code.toString(16)}: build it without async`,
  )
}

function coreInstance(reader: Reader, offset: number): Definition {
  const kind = reader.byte()
  if (kind === 0) {
    const module = reader.u32()
    return { offset, kind: 'core-instance', module, args: namedList(reader, readName, coreSort) }
  }
  if (kind === 1) return { offset, kind: 'core-instance', args: namedList(reader, readName, coreSort) }
  throw new Malformed('malformed', offset, `expected a core instance, got 0x${kind.toString(16)}`)
}

function instance(reader: Reader, offset: number): Definition {
  const kind = reader.byte()
  if (kind === 0) {
    const component = reader.u32()
    return { offset, kind: 'instance', component, args: namedList(reader, readName, sort) }
  }
  if (kind === 1) return { offset, kind: 'instance', args: namedList(reader, externName, sort) }
  throw new Malformed('malformed', offset, `expected an instance, got 0x${kind.toString(16)}`)
}

function exported(reader: Reader, offset: number): Definition {
  const definition: Definition = { offset, kind: 'export', name: externName(reader), sort: sort(reader), index: reader.u32() }
  const at = reader.position
  const flag = reader.byte()
  if (flag > 1) throw new Malformed('malformed', at, `expected 0 or 1, got ${flag}`)
  if (flag === 1) externType(reader)
  return definition
}

function item(id: number, reader: Reader): Definition {
  const offset = reader.position
  switch (id) {
    case 2:
      return coreInstance(reader, offset)
    case 3:
      coreType(reader, 0)
      return { offset, kind: 'core-type' }
    case 5:
      return instance(reader, offset)
    case 6:
      return { offset, ...decodeAlias(reader) }
    case 7:
      return { offset, kind: 'type', type: typeDef(reader, 0) }
    case 8:
      return canon(reader, offset)
    case 10:
      return { offset, kind: 'import', name: externName(reader), type: externType(reader) }
    case 11:
      return exported(reader, offset)
    default:
      throw new Malformed('unknown-section', offset, `expected a section of the component format, got id ${id}`)
  }
}

class Decoder {
  readonly modules: CoreModuleRange[] = []
  #left = DEFINITIONS_MAX

  body(bytes: Uint8Array, reader: Reader, depth: number): ComponentBody {
    const start = reader.position
    if (depth > NESTING_MAX)
      throw new Malformed('too-deep', start, `expected at most ${NESTING_MAX} components within each other, got more`)
    preamble(bytes, reader)
    const definitions: Definition[] = []
    while (!reader.done) {
      const offset = reader.position
      const id = reader.byte()
      const section = reader.slice(reader.u32())
      if (id === 0) section.text()
      else if (id === 1) {
        this.modules.push({ start: section.position, end: section.end })
        this.#add(definitions, { offset, kind: 'core-module', start: section.position, end: section.end })
      } else if (id === 4) this.#add(definitions, { offset, kind: 'component', body: this.body(bytes, section, depth + 1) })
      else this.#items(id, offset, section, definitions)
    }
    return { definitions }
  }

  #items(id: number, offset: number, section: Reader, definitions: Definition[]): void {
    if (id > 11 || id === 9) throw new Malformed('unknown-section', offset, `expected a section of the component format, got id ${id}`)
    for (let left = section.count(); left > 0; left--) this.#add(definitions, item(id, section))
    section.finish(`section ${id}`)
  }

  #add(definitions: Definition[], definition: Definition): void {
    if (this.#left-- <= 0) throw new Malformed('too-large', definition.offset, `expected at most ${DEFINITIONS_MAX} definitions, got more`)
    definitions.push(definition)
  }
}

/** Where a core module stands in the file. */
export interface CoreModuleRange {
  readonly start: number
  readonly end: number
}

/**
 * The definitions of a component, and every core module in it, used or not.
 * @throws Malformed at the first byte that does not belong.
 */
export function decodeComponent(bytes: Uint8Array): { body: ComponentBody; modules: readonly CoreModuleRange[] } {
  const decoder = new Decoder()
  const body = decoder.body(bytes, new Reader(bytes), 0)
  return { body, modules: decoder.modules }
}
