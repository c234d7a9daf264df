import { readFileSync } from 'node:fs'
import { expect, it, vi } from 'vitest'

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')

it('shows an example that runs', async () => {
  expect(read('../README.md')).toContain(`\`\`\`ts\n${read('./example.ts')}\`\`\``)
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined)
  await import('./example.ts')
  const printed = log.mock.calls.map(([value]) => value as unknown)
  log.mockRestore()
  expect(printed.slice(0, 3)).toEqual([{ status: 'applied' }, { status: 'rejected', code: 'voted-already' }, [['alice', 'tea']]])
  expect(printed[3]).toMatch(/^sha256:[0-9a-f]{64}$/)
})
