import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { GENERATED, generateWitTypes } from '../scripts/generate-wit-types.ts'

describe('types generated from the WIT', () => {
  it('are the committed ones: run node scripts/generate-wit-types.ts after a change of the WIT', async () => {
    const generated = await generateWitTypes()
    expect((await readdir(GENERATED)).sort()).toEqual([...generated.keys()].sort())
    for (const [name, text] of generated) expect(await readFile(join(GENERATED, name), 'utf8'), name).toBe(text)
  })
})
