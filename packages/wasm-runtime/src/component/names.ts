/** Which names may occur anywhere in a component: protocol.md, admission. Generated glue code holds them between quotes. */
import { Malformed, type Reader } from './reader.ts'

/** Bytes of the longest name that is accepted. */
export const NAME_BYTES_MAX = 1024

/** Whether a name is printable ASCII without quotes and backslash, and cannot reach a prototype. */
export function isPlainName(name: string): boolean {
  return /^[\x20-\x7e]*$/.test(name) && !/['"`\\]/.test(name) && name !== '__proto__' && name.length <= NAME_BYTES_MAX
}

/** Reads a name and refuses one that generated code could not hold. */
export function readName(reader: Reader): string {
  const at = reader.position
  const name = reader.text()
  if (!isPlainName(name)) {
    throw new Malformed(
      'unsafe-name',
      at,
      `expected a name of printable ASCII without quotes or backslash, got ${JSON.stringify(name.slice(0, 80))}: rename it in the component's source`,
    )
  }
  return name
}
