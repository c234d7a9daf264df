/** Reads sorts, aliases and the names of imports and exports. */
import type { Alias, CoreSort, Named, Sort } from './model.ts'
import { readName } from './names.ts'
import { Malformed, type Reader } from './reader.ts'

const CORE_SORTS: Readonly<Record<number, CoreSort>> = {
  0x00: 'core-func',
  0x01: 'core-table',
  0x02: 'core-memory',
  0x03: 'core-global',
  0x10: 'core-type',
  0x11: 'core-module',
  0x12: 'core-instance',
}
const SORTS: Readonly<Record<number, Sort>> = { 0x01: 'func', 0x03: 'type', 0x04: 'component', 0x05: 'instance' }

export function coreSort(reader: Reader): CoreSort {
  const at = reader.position
  const code = reader.byte()
  const sort = CORE_SORTS[code]
  if (sort === undefined) throw new Malformed('malformed', at, `expected a core sort, got 0x${code.toString(16)}`)
  return sort
}

export function sort(reader: Reader): Sort {
  const at = reader.position
  const code = reader.byte()
  if (code === 0) return coreSort(reader)
  const known = SORTS[code]
  if (known === undefined) throw new Malformed('malformed', at, `expected a sort, got 0x${code.toString(16)}`)
  return known
}

/** The name of an import or export: a kind byte, then the text. */
export function externName(reader: Reader): string {
  const at = reader.position
  const kind = reader.byte()
  if (kind > 1) throw new Malformed('malformed', at, `expected an import or export name, got kind 0x${kind.toString(16)}`)
  return readName(reader)
}

export function decodeAlias(reader: Reader): Alias {
  const what = sort(reader)
  const at = reader.position
  const target = reader.byte()
  if (target === 0x00 || target === 0x01) {
    const instance = reader.u32()
    return { kind: 'alias', sort: what, from: target === 0 ? 'instance' : 'core-instance', instance, name: readName(reader) }
  }
  if (target === 0x02) {
    const depth = reader.u32()
    return { kind: 'alias', sort: what, from: 'outer', depth, index: reader.u32() }
  }
  throw new Malformed('malformed', at, `expected the target of an alias, got 0x${target.toString(16)}`)
}

/** Names with what they stand for: arguments of an instantiation, or inline exports. */
export function namedList(reader: Reader, name: (reader: Reader) => string, of: (reader: Reader) => Sort): Named[] {
  const out: Named[] = []
  for (let left = reader.count(); left > 0; left--) out.push({ name: name(reader), sort: of(reader), index: reader.u32() })
  return out
}
