import { readFileSync } from 'node:fs'
import { FoldbError, fromHex, toHex } from '@foldb/abi'
import { decodeMessage, encodeMessage } from '@foldb/derivation-core'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeElsewhere } from './message-decoder.ts'

interface Case {
  readonly name: string
  readonly bytes?: string
  readonly pieces?: readonly { readonly hex: string; readonly times: number }[]
}

const RUNS = 3000 * Number(process.env['FOLDB_RUNS'] ?? 1)

function casesOf(file: string): readonly Case[] {
  return JSON.parse(readFileSync(new URL(`../vectors/${file}`, import.meta.url), 'utf8')).cases
}

function bytesOf({ bytes, pieces }: Case): Uint8Array {
  return fromHex(bytes ?? (pieces ?? []).map(({ hex, times }) => hex.repeat(times)).join(''))
}

/** The bytes written again, or undefined when they are refused. */
function decodeHere(bytes: Uint8Array): Uint8Array | undefined {
  try {
    return encodeMessage(decodeMessage(bytes))
  } catch (error) {
    if (FoldbError.is(error) && error.code === 'bad-message') return undefined
    throw error
  }
}

const hex = (bytes: Uint8Array | undefined): string => (bytes === undefined ? 'refused' : toHex(bytes))

describe('the message decoders of two languages', () => {
  it.each(casesOf('messages.json'))('accept $name', (vector) => {
    const bytes = bytesOf(vector)
    expect(hex(decodeElsewhere(bytes))).toBe(toHex(bytes))
    expect(hex(decodeHere(bytes))).toBe(toHex(bytes))
  })

  it.each(casesOf('invalid/messages.json'))('refuse $name', (vector) => {
    const bytes = bytesOf(vector)
    expect(hex(decodeElsewhere(bytes))).toBe('refused')
    expect(hex(decodeHere(bytes))).toBe('refused')
  })

  it('agree on messages with bytes changed, dropped and added', () => {
    const originals = casesOf('messages.json')
      .map(bytesOf)
      .filter((bytes) => bytes.length < 300)
    const edit = fc.record({ at: fc.nat(300), drop: fc.integer({ min: 0, max: 2 }), add: fc.uint8Array({ maxLength: 3 }) })
    const edits = fc.array(edit, { minLength: 1, maxLength: 3 })
    let accepted = 0
    fc.assert(
      fc.property(fc.constantFrom(...originals), edits, (original, changes) => {
        const bytes = changes.reduce((before, { at, drop, add }) => {
          const place = at % (before.length + 1)
          return Uint8Array.of(...before.subarray(0, place), ...add, ...before.subarray(place + drop))
        }, original)
        const answer = decodeElsewhere(bytes)
        expect(hex(answer)).toBe(hex(decodeHere(bytes)))
        if (answer === undefined) return
        accepted++
        expect(hex(answer)).toBe(toHex(bytes))
      }),
      { numRuns: RUNS, seed: 5 },
    )
    expect(accepted).toBeGreaterThan(RUNS / 200)
  })
})
