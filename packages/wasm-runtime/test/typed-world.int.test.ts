import { describe, expect, it } from 'vitest'
import { loadReducer } from '../src/load-reducer.ts'
import { COUNTERS, OK, typedGuest } from './support/guests.ts'
import { hostFor, message } from './support/host.ts'

describe('a typed reducer', () => {
  it('is described once and applies a message', async () => {
    const reducer = await loadReducer(await typedGuest())
    expect(reducer.manifest).toEqual(COUNTERS)
    expect(reducer.init([], hostFor(COUNTERS)).outcome).toEqual({ status: 'applied' })
    expect(reducer.reduce(message([5]), hostFor(COUNTERS)).outcome).toEqual({ status: 'applied' })
    expect(OK).toBe(16)
  })
})
