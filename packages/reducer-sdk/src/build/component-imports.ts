/** What a component imports: the names in its own import sections, and nothing inside. Component Model, binary format. */
import { FoldbError } from '@foldb/abi'

const HEADER = [0x00, 0x61, 0x73, 0x6d, 0x0d, 0x00, 0x01, 0x00]
const IMPORT_SECTION = 10

class Cursor {
  readonly #bytes: Uint8Array
  at: number

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes
    this.at = at
  }

  byte(): number {
    const byte = this.#bytes[this.at]
    if (byte === undefined) throw new FoldbError('bad-component', `component ends at byte ${this.at}, inside a section`)
    this.at++
    return byte
  }

  u32(): number {
    let value = 0
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.byte()
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) return value
    }
    throw new FoldbError('bad-component', `component has an overlong number at byte ${this.at}`)
  }

  name(): string {
    const end = this.u32() + this.at
    let name = ''
    while (this.at < end) name += String.fromCharCode(this.byte())
    return name
  }
}

/** Skips what an import is: a sort, then an index or a bound. */
function skipDescription(cursor: Cursor): void {
  const sort = cursor.byte()
  if (sort === 0x00) cursor.byte()
  if ((sort === 0x02 || sort === 0x03) && cursor.byte() === 0x01 && sort === 0x03) return
  cursor.u32()
}

/**
 * The names that a component imports.
 * @throws FoldbError `bad-component` when the bytes are not a component.
 */
export function componentImports(bytes: Uint8Array): string[] {
  if (HEADER.some((byte, i) => bytes[i] !== byte)) throw new FoldbError('bad-component', 'expected the header of a WebAssembly component')
  const names: string[] = []
  const cursor = new Cursor(bytes, HEADER.length)
  while (cursor.at < bytes.length) {
    const section = cursor.byte()
    const end = cursor.u32() + cursor.at
    for (let left = section === IMPORT_SECTION ? cursor.u32() : 0; left > 0; left--) {
      cursor.byte()
      names.push(cursor.name())
      skipDescription(cursor)
    }
    cursor.at = end
  }
  return names
}
