/** Lifts and lowers `list<value>` of the typed world: 16 bytes a value, the case in the first, the payload in the last eight. */
import { type ColumnType, integerOf, type Value, type ValueType } from '@foldb/abi'
import { GuestTrap } from '@foldb/derivation-core'
import type { Budget, GuestMemory } from './guest-memory.ts'

export const VALUE_BYTES = 16
export const VALUE_ALIGN = 8

/** How a value of a column or parameter crosses. */
export type Crossing = 'plain' | 'float'

export function crossingOf(type: ColumnType | ValueType): Crossing {
  return type === 'double-precision' || type === 'float' ? 'float' : 'plain'
}

/** Reads one value. */
export function liftValue(memory: GuestMemory, at: number, budget: Budget): Value {
  const { u8, view } = memory
  const payload = at + 8
  switch (u8[at]) {
    case 0:
      return null
    case 1:
      return u8[payload] !== 0
    case 2: {
      const high = view.getInt32(payload + 4, true)
      if (high >= -0x1fffff && high < 0x200000) return high * 4294967296 + view.getUint32(payload, true)
      return integerOf(view.getBigInt64(payload, true))
    }
    case 3: {
      const value = view.getFloat64(payload, true)
      return value === 0 ? 0 : value
    }
    case 4:
      budget.charge(memory.u32(payload + 4))
      return memory.text(memory.u32(payload), memory.u32(payload + 4))
    case 5:
      budget.charge(memory.u32(payload + 4))
      return memory.bytes(memory.u32(payload), memory.u32(payload + 4))
    default:
      throw new GuestTrap(`value at ${at}: expected a case from 0 to 5, got ${u8[at]}`)
  }
}

/** Reads a list of values; each cell counts against the budget, also when many point at one text. */
export function liftValues(memory: GuestMemory, pointer: number, count: number, budget: Budget): Value[] {
  const length = count >>> 0
  budget.charge(length * VALUE_BYTES)
  const at = memory.region(pointer, length * VALUE_BYTES, VALUE_ALIGN)
  const values: Value[] = []
  for (let i = 0; i < length; i++) values.push(liftValue(memory, at + i * VALUE_BYTES, budget))
  return values
}

function lowerValue(memory: GuestMemory, at: number, value: Value, crossing: Crossing, budget: Budget): void {
  const payload = at + 8
  const tag = (code: number): void => void (memory.u8[at] = code)
  if (value === null) tag(0)
  else if (typeof value === 'boolean') {
    tag(1)
    memory.u8[payload] = value ? 1 : 0
  } else if (typeof value === 'number') {
    if (crossing === 'float' || !Number.isSafeInteger(value)) {
      tag(3)
      memory.putFloat(payload, value)
    } else {
      tag(2)
      memory.putInteger(payload, value)
    }
  } else if (typeof value === 'bigint') {
    tag(2)
    memory.view.setBigInt64(payload, value, true)
  } else {
    tag(typeof value === 'string' ? 4 : 5)
    if (typeof value === 'string') memory.putText(payload, value, budget)
    else memory.putBytes(payload, value, budget)
  }
}

/** Writes rows one after the other into one new list; `crossings` repeats with each row. Gives its address. */
export function lowerValues(
  memory: GuestMemory,
  rows: readonly (readonly Value[])[],
  crossings: readonly Crossing[],
  budget: Budget,
): number {
  let count = 0
  for (const row of rows) count += row.length
  budget.charge(count * VALUE_BYTES)
  const start = memory.allocate(count * VALUE_BYTES, VALUE_ALIGN)
  let at = start
  for (const row of rows) {
    for (let i = 0; i < row.length; i++, at += VALUE_BYTES) lowerValue(memory, at, row[i]!, crossings[i] ?? 'plain', budget)
  }
  return start
}
