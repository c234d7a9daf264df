/** Vector files as tests of this implementation. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { vectorUrl } from '../../src/vectors.ts'
import { fromHex, Refused } from './bytes.ts'
import type { Scalar } from './cbor.ts'
import { meant, type Notation } from './notation.ts'

export interface Named {
  readonly name: string
}
export interface Bytes extends Named {
  readonly bytes?: string
  readonly pieces?: readonly { readonly hex: string; readonly times: number }[]
}

export function file<T>(name: string): { readonly cases: readonly (T & Named)[]; readonly base?: unknown } {
  return JSON.parse(readFileSync(vectorUrl(`${name}.json`), 'utf8')) as { cases: (T & Named)[]; base?: unknown }
}

/** One test a case. */
export function each<T>(name: string, run: (one: T & Named) => void): void {
  describe(name, () => {
    it.each(file<T>(name).cases.map((one) => [one.name, one] as const))('%s', (_, one) => run(one))
  })
}

export const given = ({ bytes = '', pieces = [] }: Omit<Bytes, 'name'>): Uint8Array =>
  fromHex(bytes + pieces.map(({ hex, times }) => hex.repeat(times)).join(''))
export const scalar = (notation: Notation): Scalar => meant(notation) as Scalar
export const scalars = (notations: readonly Notation[]): Scalar[] => notations.map(scalar)
export const pairs = (args: readonly (readonly [string, Notation])[]): (readonly [string, Scalar])[] =>
  args.map(([name, value]) => [name, scalar(value)])

/** What was refused, and not broken. */
export function refusal(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (error instanceof Refused) return error.code
    throw error
  }
  return 'accepted'
}
export const refused =
  (decoder: (bytes: Uint8Array) => unknown): ((one: Bytes) => void) =>
  (one) =>
    expect(refusal(() => decoder(given(one)))).not.toBe('accepted')
