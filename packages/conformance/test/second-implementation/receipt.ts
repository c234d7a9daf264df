/** Receipts: protocol.md §13. */
import { refuse } from './bytes.ts'
import { array, decode, encode, integer, text } from './cbor.ts'
import { arrayOf, integerOf, textOf } from './fields.ts'

export interface Outcome {
  readonly status: 'applied' | 'rejected' | 'trapped'
  readonly code: string
}

const STATUSES = ['applied', 'rejected', 'trapped'] as const
const CODES = { applied: /^$/, rejected: /^[a-z0-9-]{1,64}$/, trapped: /^(trap|out-of-fuel|out-of-stack)$/ }

export function encodeReceipt({ status, code }: Outcome): Uint8Array {
  return encode(array([integer(STATUSES.indexOf(status)), text(code)]))
}

export function decodeReceipt(encoded: Uint8Array): Outcome {
  const [first, second, ...rest] = arrayOf(decode(encoded))
  if (first === undefined || second === undefined || rest.length > 0) return refuse('no pair')
  const status = STATUSES[Number(integerOf(first, 0n, 2n))] ?? refuse('no status')
  const code = textOf(second)
  return CODES[status].test(code) ? { status, code } : refuse('no code')
}
