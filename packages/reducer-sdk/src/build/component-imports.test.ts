import { describe, expect, it } from 'vitest'
import { componentImports } from './component-imports.ts'

const HEADER = [0x00, 0x61, 0x73, 0x6d, 0x0d, 0x00, 0x01, 0x00]
const name = (text: string): number[] => [0x00, text.length, ...Buffer.from(text)]
const section = (id: number, ...bytes: number[]): number[] => [id, bytes.length, ...bytes]

describe('componentImports', () => {
  it('reads the names of every import section, whatever is imported, and skips other sections', () => {
    const instance = [...name('foldb:reducer/log@0.1.0'), 0x05, 0x01]
    const module = [...name('core'), 0x00, 0x11, 0x02]
    const resource = [...name('thing'), 0x03, 0x01]
    const alias = [...name('same'), 0x03, 0x00, 0x07]
    const value = [...name('worth'), 0x02, 0x01, 0x73]
    const bytes = [
      ...HEADER,
      ...section(7, 0x0a, 0xff),
      ...section(10, 2, ...instance, ...module),
      ...section(0, 1, 2, 3),
      ...section(10, 3, ...resource, ...alias, ...value),
    ]
    expect(componentImports(Uint8Array.from(bytes))).toEqual(['foldb:reducer/log@0.1.0', 'core', 'thing', 'same', 'worth'])
  })

  it('refuses a core module, and bytes that end too early or never', () => {
    expect(() => componentImports(Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]))).toThrow(
      'expected the header of a WebAssembly component',
    )
    expect(() => componentImports(Uint8Array.from([...HEADER, 10, 9, 1, 0, 4, 65]))).toThrow('component ends at byte 14, inside a section')
    expect(() => componentImports(Uint8Array.from([...HEADER, 10, 255, 255, 255, 255, 255, 1]))).toThrow('overlong number')
  })
})
