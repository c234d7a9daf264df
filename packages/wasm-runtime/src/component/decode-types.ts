/** Reads type definitions of a component. Names are checked, nesting is bounded; whether the types make sense is decided later. */
import { decodeAlias, externName } from './decode-names.ts'
import type { Declaration, ExternType, TypeDef, ValueRef } from './model.ts'
import { readName } from './names.ts'
import { Malformed, type Reader } from './reader.ts'

/** Depth of types within types, and of components within components. */
export const NESTING_MAX = 32

const PRIMITIVES: Readonly<Record<number, string>> = {
  0x7f: 'bool',
  0x7e: 's8',
  0x7d: 'u8',
  0x7c: 's16',
  0x7b: 'u16',
  0x7a: 's32',
  0x79: 'u32',
  0x78: 's64',
  0x77: 'u64',
  0x76: 'f32',
  0x75: 'f64',
  0x74: 'char',
  0x73: 'string',
}

type Part = { label: string; type: ValueRef | undefined }

export function valueRef(reader: Reader): ValueRef {
  const at = reader.position
  const code = reader.s33()
  if (code >= 0) return code
  const primitive = PRIMITIVES[code + 128]
  if (primitive === undefined) throw new Malformed('unsupported-type', at, `expected a value type, got code 0x${(code + 128).toString(16)}`)
  return primitive
}

function many<T>(reader: Reader, item: () => T): T[] {
  const out: T[] = []
  for (let left = reader.count(); left > 0; left--) out.push(item())
  return out
}

function labelled(reader: Reader): { label: string; type: ValueRef } {
  return { label: readName(reader), type: valueRef(reader) }
}

function optional(reader: Reader): ValueRef | undefined {
  const at = reader.position
  const flag = reader.byte()
  if (flag > 1) throw new Malformed('malformed', at, `expected 0 or 1 before an optional type, got ${flag}`)
  return flag === 1 ? valueRef(reader) : undefined
}

function variantCase(reader: Reader): Part {
  const label = readName(reader)
  const type = optional(reader)
  reader.expect(0, 'the end of a variant case')
  return { label, type }
}

function definedType(reader: Reader, code: number, at: number): TypeDef {
  const of = (shape: string, parts: readonly Part[]): TypeDef => ({ form: 'defined', shape, parts })
  const one = (): Part => ({ label: '', type: valueRef(reader) })
  const label = (): Part => ({ label: readName(reader), type: undefined })
  if (PRIMITIVES[code] !== undefined) return of('same', [{ label: '', type: PRIMITIVES[code] }])
  switch (code) {
    case 0x72:
      return of(
        'record',
        many(reader, () => labelled(reader)),
      )
    case 0x71:
      return of(
        'variant',
        many(reader, () => variantCase(reader)),
      )
    case 0x70:
      return of('list', [one()])
    case 0x6f:
      return of('tuple', many(reader, one))
    case 0x6e:
      return of('flags', many(reader, label))
    case 0x6d:
      return of('enum', many(reader, label))
    case 0x6b:
      return of('option', [one()])
    case 0x6a:
      return of('result', [
        { label: '', type: optional(reader) },
        { label: '', type: optional(reader) },
      ])
    case 0x69:
      return of(`own ${reader.u32()}`, [])
    case 0x68:
      return of(`borrow ${reader.u32()}`, [])
    default:
      throw new Malformed('unsupported-type', at, `expected a type of the component model's first release, got code 0x${code.toString(16)}`)
  }
}

function functionType(reader: Reader, isAsync: boolean): TypeDef {
  const params = many(reader, () => labelled(reader))
  const at = reader.position
  const flag = reader.byte()
  if (flag === 0) return { form: 'function', isAsync, params, result: valueRef(reader) }
  if (flag !== 1) throw new Malformed('malformed', at, `expected a function result, got 0x${flag.toString(16)}`)
  reader.expect(0, 'no results')
  return { form: 'function', isAsync, params, result: undefined }
}

export function externType(reader: Reader): ExternType {
  const at = reader.position
  const kind = reader.byte()
  switch (kind) {
    case 0x00:
      reader.expect(0x11, 'a module type')
      return { sort: 'core-module', type: reader.u32() }
    case 0x01:
      return { sort: 'func', type: reader.u32() }
    case 0x03: {
      const bound = reader.byte()
      if (bound === 0) return { sort: 'type', equals: reader.u32() }
      if (bound === 1) return { sort: 'type', equals: undefined }
      throw new Malformed('malformed', at, `expected a type bound, got 0x${bound.toString(16)}`)
    }
    case 0x04:
      return { sort: 'component', type: reader.u32() }
    case 0x05:
      return { sort: 'instance', type: reader.u32() }
    default:
      throw new Malformed('unsupported-type', at, `expected what is imported or exported, got kind 0x${kind.toString(16)}`)
  }
}

function declaration(reader: Reader, inComponent: boolean, depth: number): Declaration {
  const at = reader.position
  const kind = reader.byte()
  if (kind === 0) {
    coreType(reader, depth)
    return { kind: 'core-type' }
  }
  if (kind === 1) return { kind: 'type', type: typeDef(reader, depth + 1) }
  if (kind === 2) return decodeAlias(reader)
  if (kind === 4 || (kind === 3 && inComponent))
    return { kind: kind === 3 ? 'import' : 'export', name: externName(reader), type: externType(reader) }
  throw new Malformed('malformed', at, `expected a declaration, got 0x${kind.toString(16)}`)
}

export function typeDef(reader: Reader, depth: number): TypeDef {
  const at = reader.position
  if (depth > NESTING_MAX) throw new Malformed('too-deep', at, `expected at most ${NESTING_MAX} types within each other, got more`)
  const code = reader.byte()
  switch (code) {
    case 0x40:
      return functionType(reader, false)
    case 0x43:
      return functionType(reader, true)
    case 0x41:
      return { form: 'component', declarations: many(reader, () => declaration(reader, true, depth)) }
    case 0x42:
      return { form: 'instance', declarations: many(reader, () => declaration(reader, false, depth)) }
    case 0x3f:
      reader.expect(0x7f, 'a 32-bit representation')
      if (optionalIndex(reader)) reader.u32()
      return { form: 'resource' }
    default:
      return definedType(reader, code, at)
  }
}

function optionalIndex(reader: Reader): boolean {
  const at = reader.position
  const flag = reader.byte()
  if (flag > 1) throw new Malformed('malformed', at, `expected 0 or 1, got ${flag}`)
  return flag === 1
}

/** Steps over a core type: a function type, or a module type made of them. */
export function coreType(reader: Reader, depth: number): void {
  const at = reader.position
  const code = reader.byte()
  if (code === 0x60) {
    for (let list = 0; list < 2; list++) reader.skip(reader.count())
    return
  }
  if (code !== 0x50 || depth > NESTING_MAX)
    throw new Malformed('unsupported-type', at, `expected a function or module type, got code 0x${code.toString(16)}`)
  for (let left = reader.count(); left > 0; left--) moduleDeclaration(reader, depth)
}

function moduleDeclaration(reader: Reader, depth: number): void {
  const at = reader.position
  const kind = reader.byte()
  if (kind === 1) return coreType(reader, depth + 1)
  if (kind === 2) {
    reader.skip(1)
    reader.expect(0x01, 'an outer alias')
    reader.u32()
    reader.u32()
    return
  }
  if (kind !== 0 && kind !== 3) throw new Malformed('malformed', at, `expected a module declaration, got 0x${kind.toString(16)}`)
  readName(reader)
  if (kind === 0) readName(reader)
  coreExternType(reader)
}

function limits(reader: Reader): void {
  const flags = reader.byte()
  reader.u32()
  if ((flags & 1) === 1) reader.u32()
}

function coreExternType(reader: Reader): void {
  const at = reader.position
  const kind = reader.byte()
  if (kind === 0) reader.u32()
  else if (kind === 1) {
    reader.skip(1)
    limits(reader)
  } else if (kind === 2) limits(reader)
  else if (kind === 3) reader.skip(2)
  else throw new Malformed('unsupported-type', at, `expected a function, table, memory or global, got kind 0x${kind.toString(16)}`)
}
