import { describe, expect, it } from 'vitest'
import { ASSEMBLYSCRIPT, bytesOf, LOG } from './fixtures.ts'

describe('the examples of the package', () => {
  it('are the committed skirmish', async () => {
    expect(await bytesOf('packages/foldb/examples/skirmish.wasm')).toEqual(await bytesOf(ASSEMBLYSCRIPT))
    expect(await bytesOf('packages/foldb/examples/skirmish.jsonl')).toEqual(await bytesOf(LOG))
  })
})
