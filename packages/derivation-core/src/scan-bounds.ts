/** From the bounds of a scan to a range of byte strings (protocol.md §12). */
import { type ColumnType, DbError, type Profile, type Value } from '@foldb/abi'
import { encodeKey } from '@foldb/state-tree'

import { afterPrefix, toByteString } from './byte-string.ts'
import { TOO_LARGE, WRONG_COUNT, canonicalValues } from './canonical-values.ts'
import type { Bound, Range } from './ports.ts'

/** What is scanned: an index or the primary key. */
export interface Scanned {
  readonly table: number
  readonly index: number
  readonly name: string
  readonly types: readonly ColumnType[]
}

/** From `from` up to but not including `to`. */
export interface StringRange {
  readonly from: string | undefined
  readonly to: string | undefined
}

function valuesOf(bound: Bound): readonly Value[] {
  return bound.kind === 'open' ? [] : bound.values
}

function prefixOf(scanned: Scanned, values: readonly Value[], profile: Profile): string {
  const bytes = encodeKey(scanned.table, scanned.index, scanned.types, values)
  if (bytes.length > profile.sizes.key) throw new DbError(TOO_LARGE, scanned.name)
  return toByteString(bytes)
}

/**
 * The byte strings between two bounds, each a prefix of the index's columns.
 * @throws DbError 42601, 42804, 22xxx, 54000: of the lower bound before the upper one at each check
 */
export function stringRange(scanned: Scanned, { lower, upper }: Range, profile: Profile): StringRange {
  const [low, high] = [valuesOf(lower), valuesOf(upper)]
  const { types } = scanned
  if (low.length > types.length || high.length > types.length) throw new DbError(WRONG_COUNT)
  const both = canonicalValues([...types.slice(0, low.length), ...types.slice(0, high.length)], [...low, ...high], profile.sizes.value)
  const from = prefixOf(scanned, both.slice(0, low.length), profile)
  const to = prefixOf(scanned, both.slice(low.length), profile)
  return {
    from: lower.kind === 'open' ? undefined : lower.kind === 'inclusive' ? from : afterPrefix(from),
    to: upper.kind === 'open' ? undefined : upper.kind === 'inclusive' ? afterPrefix(to) : to,
  }
}
