import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkFloors } from './check-floors.mjs'

const FIXTURE = join(import.meta.dirname, 'fixtures/floors')

describe('checkFloors', () => {
  it('finds each import against the floors of the fixture, and nothing else', () => {
    expect(checkFloors(FIXTURE)).toEqual([
      "packages/abi/src/inside.ts: './index.ts': nobody inside imports an index.ts: import the module itself",
      "packages/abi/src/value.ts: 'node:fs': @foldb/abi runs in browsers and imports nothing of Node",
      "packages/derivation-core/src/fold.ts: '@foldb/derivation-core': a package does not import itself: import the module",
      "packages/state-tree/src/upward.test.ts: 'foldb': floor 1 never imports floor 5",
      "packages/state-tree/src/upward.ts: '@foldb/derivation-core': floor 1 never imports floor 2",
      "packages/state-tree/src/upward.ts: '@foldb/reducer-sdk': neighbours on floor 1 never import each other",
      "packages/state-tree/src/upward.ts: '../../abi/src/value.ts': source stays inside its package: import the sibling by its name",
      "packages/state-tree/src/upward.ts: '@noble/hashes': expected package.json to declare @noble/hashes",
      "packages/state-tree/src/upward.ts: 'foldb': floor 1 never imports floor 5",
      'packages/stray: expected @foldb/stray to stand on a floor: name it in scripts/check-floors.mjs',
    ])
  })

  it('ends the command with exit code 1 and a finding a line', () => {
    const script = join(import.meta.dirname, 'check-floors.mjs')
    const { status, stderr } = spawnSync(process.execPath, [script, FIXTURE], { encoding: 'utf8' })
    expect(status).toBe(1)
    expect(stderr.trim().split('\n')).toHaveLength(10)
  })
})
