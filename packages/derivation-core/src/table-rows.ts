/** The rows of one table in memory: by identity, in primary key order, and in the order of each index. */
import type { Entry, RowId } from './entry.ts'
import { OrderedMap } from './ordered-map.ts'

export class TableRows {
  readonly #entries = new Map<RowId, Entry>()
  readonly #indexes: readonly OrderedMap<RowId>[]

  /** @param indexes number of declared indexes */
  constructor(indexes: number) {
    this.#indexes = Array.from({ length: indexes + 1 }, () => new OrderedMap<RowId>())
  }

  get size(): number {
    return this.#entries.size
  }

  find(id: RowId): Entry | undefined {
    return this.#entries.get(id)
  }

  /** The order of an index: 0 is the primary key. */
  order(index: number): OrderedMap<RowId> {
    return this.#indexes[index]!
  }

  /** All entries in primary key order. */
  *entries(): Generator<Entry> {
    for (const [, id] of this.order(0).entries()) yield this.#entries.get(id)!
  }

  /** Puts `after` in the place of `before`; either is undefined where there is no row. Both have one identity. */
  replace(before: Entry | undefined, after: Entry | undefined): void {
    const id = (after ?? before)!.id
    if (after === undefined) this.#entries.delete(id)
    else this.#entries.set(id, after)
    this.#move(0, id, before?.key, after?.key)
    for (let index = 1; index < this.#indexes.length; index++) {
      this.#move(index, id, before?.indexKeys[index - 1], after?.indexKeys[index - 1])
    }
  }

  #move(index: number, id: RowId, from: string | undefined, to: string | undefined): void {
    if (from === to) return
    if (from !== undefined) this.order(index).delete(from)
    if (to !== undefined) this.order(index).set(to, id)
  }
}
