/** Parameters of messages and of the genesis: cells in declared order to a typed object. */
import type { Value } from '@foldb/abi'
import { decodeCell, type JsonCell } from './cell.ts'
import type { AnyField, Check, ParamField, ValueOf } from './field.ts'
import { reject } from './rejection.ts'

/** Parameters by name, in declared order. */
export type Params = Readonly<Record<string, ParamField>>

/** Arguments as a handler gets them. */
export type ArgsOf<P extends Params> = { readonly [K in keyof P]: ValueOf<P[K]> }

const LIMITS: Readonly<Partial<Record<Check, number>>> = { int16: 0x8000, int32: 0x8000_0000 }

function checked(name: string, field: AnyField, value: Value): Value {
  const limit = LIMITS[field.check]
  if (limit === undefined || value === null) return value
  if (typeof value !== 'number' || value < -limit || value >= limit) {
    reject('out-of-range', `${name}: expected a whole number from ${-limit} to ${limit - 1}, got ${String(value)}`)
  }
  return value
}

/** Reads a list of arguments; an integer that does not fit its field rejects with `out-of-range`. */
export function createArgsReader<P extends Params>(params: P): (cells: readonly JsonCell[]) => ArgsOf<P> {
  const entries = Object.entries(params)
  return (cells) => {
    const args: Record<string, Value> = {}
    for (let i = 0; i < entries.length; i++) {
      const [name, field] = entries[i]!
      args[name] = checked(name, field, decodeCell(cells[i]!))
    }
    return args as ArgsOf<P>
  }
}
