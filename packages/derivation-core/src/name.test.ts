import { expect, it } from 'vitest'
import { nameOfBytes } from './name.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const read = (text: string): string | undefined => nameOfBytes(bytes(text), 0, text.length)

it('tells names apart, also those that are kept in one place and begin alike', () => {
  for (let i = 0; i < 20_000; i++) {
    const long = `a${i.toString(36)}`
    expect(read(long)).toBe(long)
    if (read('a') !== 'a' || read(long) !== long) expect.fail(`${long} was taken for a, or a for it`)
  }
})

it('knows no name that is none, however often it is asked', () => {
  for (const text of ['', 'A', '_a', '1', 'a'.repeat(65), 'a b', 'a\n', 'é']) {
    const encoded = bytes(text)
    expect(nameOfBytes(encoded, 0, encoded.length)).toBeUndefined()
    expect(nameOfBytes(encoded, 0, encoded.length)).toBeUndefined()
  }
  expect(nameOfBytes(Uint8Array.of(0x61, 0xff), 0, 2)).toBeUndefined()
})

it('reads a range', () => {
  expect(nameOfBytes(bytes('xxmoveyy'), 2, 6)).toBe('move')
})
