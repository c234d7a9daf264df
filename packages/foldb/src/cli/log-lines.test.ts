import { afterEach, expect, it, vi } from 'vitest'
import { createLogPrinter } from './log-lines.ts'

afterEach(() => vi.restoreAllMocks())

function printed(levels: readonly string[]): string {
  let text = ''
  vi.spyOn(process.stderr, 'write').mockImplementation((part) => ((text += String(part)), true))
  const lines = createLogPrinter()
  for (const [i, level] of levels.entries()) lines.add({ position: i + 1, level, text: 'careful' })
  lines.print()
  lines.print()
  return text
}

it('shows warnings and errors once, with their message', () => {
  expect(printed(['debug', 'warn', 'info', 'error'])).toBe('foldb: message 2: warn: careful\nfoldb: message 4: error: careful\n')
})

it('counts what a complaining reducer says beyond twenty lines', () => {
  const text = printed(Array.from({ length: 25 }, () => 'error'))
  expect(text.split('\n')).toHaveLength(22)
  expect(text).toContain('message 20: error')
  expect(text.endsWith('foldb: and 5 more lines\n')).toBe(true)
})

it('says nothing about a quiet reducer', () => {
  expect(printed([])).toBe('')
})
