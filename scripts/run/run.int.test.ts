import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const SCRIPT = join(import.meta.dirname, '../run.mjs')

function runTask(args: readonly string[], env: NodeJS.ProcessEnv = {}): { status: number | null; stdout: string; stderr: string } {
  const { FOLDB_COUNTS_FILE: _, npm_lifecycle_event: __, ...inherited } = process.env
  return spawnSync(process.execPath, [SCRIPT, ...args], { encoding: 'utf8', env: { ...inherited, ...env } })
}

describe('a command', () => {
  it('is refused when it is none of the tasks', () => {
    const { status, stderr } = runTask(['tset'])
    expect(status).toBe(2)
    expect(stderr).toContain('expected one of demo, foldb')
  })

  it('gets its arguments as they are, in the directory of the caller, and gives its own exit code', () => {
    const name = 'a "quoted" $HOME name.wasm'
    const env = { npm_lifecycle_event: 'foldb', INIT_CWD: import.meta.dirname }
    const { status, stdout, stderr } = runTask(['foldb', 'check', name], env)
    expect(status).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toContain(name)
  })

  it('keeps stdout to itself', () => {
    const { status, stdout } = runTask(['foldb', 'check', join(SCRIPT, '../../packages/game-dnd/reducer.wasm'), '--json'])
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ world: 'json-reducer', findings: [] })
  })
})
