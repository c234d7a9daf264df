/** What CBOR can hold: protocol.md §2. */
import type { Value } from '@foldb/abi'

/** A tree of values. A number that is whole and within ±(2^53−1) is an integer, whatever wrote it. */
export type CborValue = Value | readonly CborValue[] | ReadonlyMap<string, CborValue> | { readonly [key: string]: CborValue }

/** Deepest nesting of arrays and maps. */
export const CBOR_DEPTH_MAX = 64
