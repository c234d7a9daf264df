import type { ColumnType, Value } from '@foldb/abi'
import { expect, it } from 'vitest'

import { compareOf } from './compare-values.ts'

/** Values of each type from the least to the greatest; all differ. */
const ASCENDING: readonly (readonly [ColumnType, readonly Exclude<Value, null>[]])[] = [
  ['boolean', [false, true]],
  ['bigint', [-(2n ** 63n), -1, 0, 9_007_199_254_740_991, 9_007_199_254_740_992n]],
  ['double-precision', [Number.NEGATIVE_INFINITY, -1.5, 0, 5e-324, Number.POSITIVE_INFINITY, Number.NaN]],
  [{ numeric: { precision: 6, scale: 2 } }, ['-10.00', '-9.99', '0.00', '0.10', '9.00', '10.00', '100.00']],
  ['text', ['', 'B', 'a', 'aa', 'b', 'é', '\u{E000}', '\u{1F600}']],
  ['bytea', [new Uint8Array(0), Uint8Array.of(0), Uint8Array.of(0, 0), Uint8Array.of(0, 255), Uint8Array.of(1)]],
  ['uuid', ['00000000-0000-0000-0000-00000000000a', '10000000-0000-0000-0000-000000000000', 'a0000000-0000-0000-0000-000000000000']],
  ['date', ['0001-01-01', '1969-12-31', '2024-02-29', '9999-12-31']],
  [
    'timestamptz',
    [
      '1969-12-31 23:59:59+00',
      '2024-01-01 00:00:00+00',
      '2024-01-01 00:00:00.000001+00',
      '2024-01-01 00:00:00.5+00',
      '2024-01-01 00:00:01+00',
    ],
  ],
]

it.each(ASCENDING)('orders %j', (type, values) => {
  const compare = compareOf(type)
  for (const [i, left] of values.entries()) {
    for (const [j, right] of values.entries())
      expect(Math.sign(compare(left, right)), `${String(left)} and ${String(right)}`).toBe(Math.sign(i - j))
  }
})

it('takes −0 and 0 as one', () => {
  expect(compareOf('double-precision')(-0, 0)).toBe(0)
})
