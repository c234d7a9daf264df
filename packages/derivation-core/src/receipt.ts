/** Receipts: how one message ended, as bytes: protocol.md §13. */
import type { Outcome, TrapCode } from '@foldb/abi'
import { CborReader } from './cbor-reader.ts'
import { CborWriter } from './cbor-writer.ts'

/** What a reducer may reject with. */
export const REJECTION_CODE: RegExp = /^[a-z0-9-]{1,64}$/
export const TRAP_CODES: readonly TrapCode[] = ['trap', 'out-of-fuel', 'out-of-stack']

const STATUSES = ['applied', 'rejected', 'trapped'] as const

/**
 * Canonical bytes of a receipt: the array `[status, code]`.
 * @throws FoldbError `bad-receipt` for a code that no message can end with.
 */
export function encodeReceipt(outcome: Outcome): Uint8Array {
  const writer = new CborWriter('bad-receipt')
  const code = outcome.status === 'applied' ? '' : outcome.code
  if (!isCode(outcome.status, code)) writer.fail('code', `a code of ${outcome.status}`, JSON.stringify(code))
  writer.head(4, 2)
  writer.head(0, STATUSES.indexOf(outcome.status))
  writer.text(code, 'code')
  return writer.take()
}

/**
 * The outcome of a receipt's bytes.
 * @throws FoldbError `bad-receipt` with `fields.offset`, `expected` and `got` for any other bytes.
 */
export function decodeReceipt(bytes: Uint8Array): Outcome {
  const reader = new CborReader(bytes, 'bad-receipt')
  if (bytes[0] !== 0x82) reader.fail('an array of two', reader.describe())
  reader.at = 1
  const status = STATUSES[reader.head(0, 'a status')] ?? reader.fail('a status of 0, 1 or 2', reader.describe(), 1)
  const start = reader.at
  const code = reader.text('a code', 64)
  if (!isCode(status, code)) reader.fail(`a code of ${status}`, JSON.stringify(code), start)
  reader.end()
  return status === 'applied' ? { status } : ({ status, code } as Outcome)
}

function isCode(status: Outcome['status'], code: string): boolean {
  if (status === 'applied') return code === ''
  if (status === 'rejected') return REJECTION_CODE.test(code)
  return (TRAP_CODES as readonly string[]).includes(code)
}
