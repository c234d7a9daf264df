/** The vectors of packages/conformance, and values as they write them. */
import { fromHex, type Value } from '@foldb/abi'
import { readFileSync } from 'node:fs'

/** A value with its tag; null, true and false stand for themselves. */
export type TaggedValue = null | boolean | { integer: string } | { float: string } | { text: string } | { bytes: string }

interface VectorFile<Case> {
  readonly cases: readonly (Case & { readonly name: string })[]
}

export function readVectors<Case>(area: string): VectorFile<Case>['cases'] {
  const url = new URL(`../../conformance/vectors/${area}.json`, import.meta.url)
  return (JSON.parse(readFileSync(url, 'utf8')) as VectorFile<Case>).cases
}

export function untag(tagged: TaggedValue): Value {
  if (tagged === null || typeof tagged === 'boolean') return tagged
  if ('integer' in tagged) return Number.isSafeInteger(Number(tagged.integer)) ? Number(tagged.integer) : BigInt(tagged.integer)
  if ('float' in tagged) return new DataView(fromHex(tagged.float).buffer as ArrayBuffer).getFloat64(0)
  return 'text' in tagged ? tagged.text : fromHex(tagged.bytes)
}
