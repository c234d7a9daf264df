/** The interface `tables` of the typed world, at the core level of the canonical ABI: wit/reducer.wit. */
import type { DbError, Row } from '@foldb/abi'
import { type Bound, GuestTrap } from '@foldb/derivation-core'
import { Budget, type GuestMemory } from './guest-memory.ts'
import { type HostContext, lowered } from './host-functions.ts'
import { liftValues, lowerValues } from './values.ts'

/** Every result of this interface: a tag, then at 4 the answer or the refusal. */
const RESULT_BYTES = 20
const RESULT_ALIGN = 4

class TypedTables {
  readonly #context: HostContext
  readonly #memory: GuestMemory

  constructor(context: HostContext, memory: GuestMemory) {
    this.#context = context
    this.#memory = memory
  }

  #begin(ret: number): { host: HostContext['gate']['host']; budget: Budget; slot: number } {
    const { host } = this.#context.gate
    this.#memory.refresh()
    return { host, budget: new Budget(this.#context.profile.sizes.callBytes), slot: this.#memory.region(ret, RESULT_BYTES, RESULT_ALIGN) }
  }

  #name(pointer: number, length: number, budget: Budget): string {
    budget.charge(length >>> 0)
    return this.#memory.text(pointer, length)
  }

  #bound(kind: number, pointer: number, count: number, budget: Budget): Bound {
    switch (kind >>> 0) {
      case 0:
        return { kind: 'open' }
      case 1:
        return { kind: 'inclusive', values: liftValues(this.#memory, pointer, count, budget) }
      case 2:
        return { kind: 'exclusive', values: liftValues(this.#memory, pointer, count, budget) }
      default:
        throw new GuestTrap(`bound: expected a case from 0 to 2, got ${kind >>> 0}`)
    }
  }

  /** Writes rows as one list into the two words at `slot`. */
  #putRows(slot: number, table: string, rows: readonly Row[]): void {
    const budget = new Budget(this.#context.profile.sizes.callBytes)
    let cells = 0
    for (const row of rows) cells += row.length
    const at = lowerValues(this.#memory, rows, this.#context.crossings(table), budget)
    this.#memory.putPlace(slot, at, cells)
  }

  #ok(slot: number): void {
    this.#memory.u8[slot] = 0
  }

  get(tablePointer: number, tableLength: number, key: number, keyCount: number, ret: number): void {
    const { host, budget, slot } = this.#begin(ret)
    const table = this.#name(tablePointer, tableLength, budget)
    const row = host.tables.get(table, liftValues(this.#memory, key, keyCount, budget))
    if (row !== undefined) this.#putRows(slot + 8, table, [row])
    this.#memory.u8[slot + 4] = row === undefined ? 0 : 1
    this.#ok(slot)
  }

  insert(tablePointer: number, tableLength: number, row: number, count: number, ret: number): void {
    const { host, budget, slot } = this.#begin(ret)
    const table = this.#name(tablePointer, tableLength, budget)
    host.tables.insert(table, liftValues(this.#memory, row, count, budget))
    this.#ok(slot)
  }

  put(tablePointer: number, tableLength: number, row: number, count: number, ret: number): void {
    const { host, budget, slot } = this.#begin(ret)
    const table = this.#name(tablePointer, tableLength, budget)
    host.tables.put(table, liftValues(this.#memory, row, count, budget))
    this.#ok(slot)
  }

  delete(tablePointer: number, tableLength: number, key: number, keyCount: number, ret: number): void {
    const { host, budget, slot } = this.#begin(ret)
    const table = this.#name(tablePointer, tableLength, budget)
    const deleted = host.tables.delete(table, liftValues(this.#memory, key, keyCount, budget))
    this.#memory.u8[slot + 4] = deleted ? 1 : 0
    this.#ok(slot)
  }

  /** Thirteen numbers: table, index, lower bound, upper bound, limit, descending, result. */
  scan(args: readonly number[]): void {
    const [table, tableLength, index, indexLength, lowerKind, lower, lowerCount, upperKind, upper, upperCount, limit, descending, ret] =
      args as Scan
    const { host, budget, slot } = this.#begin(ret)
    const name = this.#name(table, tableLength, budget)
    const indexName = this.#name(index, indexLength, budget)
    const rows = host.tables.scan(name, indexName, {
      lower: this.#bound(lowerKind, lower, lowerCount, budget),
      upper: this.#bound(upperKind, upper, upperCount, budget),
      limit: limit >>> 0,
      descending: descending !== 0,
    })
    this.#putRows(slot + 8, name, rows)
    this.#memory.view.setUint32(slot + 4, rows[0]?.length ?? this.#context.crossings(name).length, true)
    this.#ok(slot)
  }

  /** Writes a refusal: the SQLSTATE first, then the constraint. */
  refused(error: DbError, ret: number): void {
    const budget = new Budget(this.#context.profile.sizes.callBytes)
    const slot = ret >>> 0
    this.#memory.putText(slot + 4, error.sqlstate, budget)
    this.#memory.putText(slot + 12, error.constraint, budget)
    this.#memory.u8[slot] = 1
  }
}

type Scan = [number, number, number, number, number, number, number, number, number, number, number, number, number]
type Method = (tables: TypedTables, args: number[]) => void

/** The functions of the interface, for the linker. */
export function typedTableFunctions(context: HostContext): Record<string, unknown> {
  const of = (method: Method): unknown =>
    lowered(context, (memory) => {
      const tables = new TypedTables(context, memory)
      return context.gate.guard(
        (...args: number[]) => method(tables, args),
        (error, args) => tables.refused(error, args[args.length - 1]!),
      )
    })
  return {
    get: of((tables, args) => tables.get(...(args as Five))),
    insert: of((tables, args) => tables.insert(...(args as Five))),
    put: of((tables, args) => tables.put(...(args as Five))),
    delete: of((tables, args) => tables.delete(...(args as Five))),
    scan: of((tables, args) => tables.scan(args)),
  }
}

type Five = [number, number, number, number, number]
