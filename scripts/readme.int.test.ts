import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { exampleOf } from './pack/example.mjs'

const ROOT = join(import.meta.dirname, '..')
/** Where `foldb` resolves; not committed. */
const FOLDER = join(ROOT, 'apps/demo/tmp')

describe('the example of README.md', () => {
  it('runs as pasted', () => {
    mkdirSync(FOLDER, { recursive: true })
    const file = join(FOLDER, `readme-${process.pid}.mts`)
    try {
      writeFileSync(file, exampleOf('foldb', join(ROOT, 'README.md'))?.code ?? '')
      const { status, stdout, stderr } = spawnSync(process.execPath, ['--conditions=@foldb/source', file], { cwd: ROOT, encoding: 'utf8' })
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
      expect(stdout).toMatch(/^1000 \{ applied: 840, rejected: 160, trapped: 0 \}\nsha256:[0-9a-f]{64}\n/)
    } finally {
      rmSync(file, { force: true })
    }
  })
})
