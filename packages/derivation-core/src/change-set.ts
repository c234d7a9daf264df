/** Which rows differ from what they were when the set was last taken: net changes only. */
import { equalBytes } from '@foldb/abi'

import type { Entry, RowId } from './entry.ts'

/** A row that differs: `after` is undefined when it was deleted. */
export interface EntryChange {
  readonly before: Entry | undefined
  readonly after: Entry | undefined
}

/** The changes of one table. A row that is not in the set is as it was. */
export class ChangeSet {
  readonly #before = new Map<RowId, Entry | undefined>()

  /** Notes that `before` gives way to `after`. */
  note(before: Entry | undefined, after: Entry | undefined): void {
    const { id } = (after ?? before)!
    if (!this.#before.has(id)) this.#before.set(id, before)
    else if (this.#before.get(id) === after) this.#before.delete(id)
  }

  /** The net changes in primary key order; the set is empty afterwards. */
  take(find: (id: RowId) => Entry | undefined): EntryChange[] {
    const changes: EntryChange[] = []
    for (const [id, before] of this.#before) {
      const after = find(id)
      if (before === undefined ? after !== undefined : after === undefined || !equalBytes(before.encoded, after.encoded)) {
        changes.push({ before, after })
      }
    }
    this.#before.clear()
    return changes.sort((left, right) => ((left.after ?? left.before)!.key < (right.after ?? right.before)!.key ? -1 : 1))
  }
}
