/** Arguments by name: protocol.md §3. The same in messages and in a genesis. */
import type { Args, MessageKind, Param, Value } from '@foldb/abi'
import { isInteger } from '@foldb/abi'
import type { CborReader } from './cbor-reader.ts'
import type { CborWriter } from './cbor-writer.ts'
import { NAME } from './name.ts'

/** Writes a map of arguments in encoded order. */
export function writeArgs(writer: CborWriter, args: Args): void {
  if (typeof args !== 'object' || args === null) writer.fail('args', 'arguments by name', typeof args)
  const names = Object.keys(args)
  for (const name of names) if (!NAME.test(name)) writer.fail('args', `names like ${NAME.source}`, JSON.stringify(name.slice(0, 80)))
  // Names are ASCII here, so the order of UTF-16 units is the order of bytes.
  if (names.length > 1) names.sort((a, b) => a.length - b.length || (a < b ? -1 : 1))
  writer.head(5, names.length)
  for (const name of names) {
    const value = args[name]!
    const path = `args.${name}`
    if (typeof value === 'string' && value.includes('\0')) writer.fail(path, 'text without U+0000', 'one')
    writer.text(name, path)
    writer.scalar(value, path)
  }
}

/** Reads a map of arguments; `limit` bounds each value's bytes. */
export function readArgs(reader: CborReader, limit: number): Args {
  const count = reader.count(5, 'a map of arguments', 3)
  const args: Record<string, Value> = Object.create(null)
  let previous = -1
  for (let i = 0; i < count; i++) {
    const start = reader.at
    const name = reader.name('a name')
    reader.checkOrder(previous, start)
    previous = start
    args[name] = readArg(reader, limit)
  }
  return args
}

function readArg(reader: CborReader, limit: number): Value {
  const start = reader.at
  const value = reader.scalar(limit)
  if (typeof value === 'string' && value.includes('\0')) reader.fail('text without U+0000', 'one', start)
  return value
}

/**
 * The arguments in the order that a kind declares; undefined when one is missing, extra or of another type (`bad-arguments`).
 * A missing nullable argument is null; an integer within ±(2^53−1) fits a float parameter.
 *
 * @example
 * messageArgs({ name: 'move', params: [{ name: 'x', type: 'integer', nullable: false }] }, { x: 6 }) // [6]
 */
export function messageArgs(kind: MessageKind, args: Args): readonly Value[] | undefined {
  return argsInOrder(kind.params, args)
}

/** The arguments of `init` in declared order, by the rules of `messageArgs`. */
export function genesisArgs(params: readonly Param[], args: Args): readonly Value[] | undefined {
  return argsInOrder(params, args)
}

function argsInOrder(params: readonly Param[], args: Args): readonly Value[] | undefined {
  const values: Value[] = []
  let found = 0
  for (const param of params) {
    const given = Object.hasOwn(args, param.name)
    if (given) found++
    const value = given ? args[param.name]! : null
    if (!fits(param, value)) return undefined
    values.push(value)
  }
  return Object.keys(args).length === found ? values : undefined
}

function fits(param: Param, value: Value): boolean {
  if (value === null) return param.nullable
  switch (param.type) {
    case 'boolean':
      return typeof value === 'boolean'
    case 'integer':
      return isInteger(value)
    case 'float':
      return typeof value === 'number'
    case 'text':
      return typeof value === 'string'
    case 'bytes':
      return value instanceof Uint8Array
  }
}
