import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { reportCounts, runCommand } from './process.mjs'

const node = (code: string): Promise<number> => runCommand(process.execPath, ['-e', code], {})

describe('runCommand', () => {
  it('keeps the exit code', async () => {
    expect(await node('process.exit(0)')).toBe(0)
    expect(await node('process.exit(7)')).toBe(7)
  })

  it('gives 128 and the number of the signal that ended the command', async () => {
    expect(await node('process.kill(process.pid, "SIGKILL")')).toBe(137)
  })

  it('forwards a signal to the command and waits for it', async () => {
    const child = 'process.on("SIGTERM", () => process.exit(42)); console.log("ready"); setInterval(() => {}, 1000)'
    const module = JSON.stringify(join(import.meta.dirname, 'process.mjs'))
    const wrapper = `const { runCommand } = await import(${module}); process.exit(await runCommand(process.execPath, ['-e', ${JSON.stringify(child)}], {}))`
    const running = spawn(process.execPath, ['--input-type=module', '-e', wrapper], { stdio: ['ignore', 'pipe', 'inherit'] })
    running.stdout.once('data', () => running.kill('SIGTERM'))
    expect(await new Promise((resolve) => running.on('close', resolve))).toBe(42)
  })
})

describe('reportCounts', () => {
  async function report(exitCode: number, counts?: object): Promise<{ exitCode: number; line: string }> {
    const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
    try {
      const code = await reportCounts(async ({ FOLDB_COUNTS_FILE: file }: { FOLDB_COUNTS_FILE: string }) => {
        if (counts !== undefined) writeFileSync(file, JSON.stringify(counts))
        return exitCode
      })
      return { exitCode: code, line: String(write.mock.calls.at(-1)?.[0]) }
    } finally {
      write.mockRestore()
    }
  }

  it('closes with the counts', async () => {
    expect(await report(0, { passed: 12, failed: 0, skipped: 0 })).toEqual({ exitCode: 0, line: 'foldb: 12 passed, 0 failed\n' })
    expect(await report(0, { passed: 1, failed: 0, skipped: 2 })).toEqual({ exitCode: 0, line: 'foldb: 1 passed, 0 failed, 2 skipped\n' })
  })

  it('fails when a test failed, whatever the run said', async () => {
    expect(await report(0, { passed: 12, failed: 1, skipped: 0 })).toEqual({ exitCode: 1, line: 'foldb: 12 passed, 1 failed\n' })
  })

  it('fails when nothing ran', async () => {
    expect(await report(0, { passed: 0, failed: 0, skipped: 3 })).toMatchObject({ exitCode: 1 })
    expect(await report(0)).toEqual({ exitCode: 1, line: 'foldb: 0 passed, 0 failed\n' })
  })

  it('keeps the exit code of a run that failed for another reason, such as coverage', async () => {
    expect(await report(3, { passed: 12, failed: 0, skipped: 0 })).toMatchObject({ exitCode: 3 })
  })
})
