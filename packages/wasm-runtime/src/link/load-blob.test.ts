import { describe, expect, it } from 'vitest'
import { loadByBlob } from './load-blob.ts'

describe('loadByBlob', () => {
  it('says what a content policy needs where no module can come from a blob', async () => {
    await expect(loadByBlob('export function instantiate() {}')).rejects.toMatchObject({
      name: 'Fault',
      code: 'engine-unsupported',
      message: expect.stringContaining("script-src blob: 'wasm-unsafe-eval'"),
    })
  })
})
