import type { Outcome } from '@foldb/abi'
import { describe, expect, it } from 'vitest'
import { thrown } from '../test/vectors.ts'
import { encodeReceipt } from './receipt.ts'

describe('receipts', () => {
  it.each<[Outcome['status'], string]>([
    ['rejected', ''],
    ['rejected', 'Nope'],
    ['rejected', 'x'.repeat(65)],
    ['rejected', 'a\n'],
    ['trapped', 'unreachable'],
    ['trapped', ''],
  ])('are not written for %s with the code %j', (status, code) => {
    expect(thrown(() => encodeReceipt({ status, code } as Outcome)).code).toBe('bad-receipt')
  })

  it('say nothing but the status of what was applied', () => {
    expect(encodeReceipt({ status: 'applied' })).toEqual(Uint8Array.of(0x82, 0x00, 0x60))
  })
})
