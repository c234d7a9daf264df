import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { sha256 } from '@foldb/state-tree'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { defaultGlueDirectory, GLUE_FILES_MAX, readGlue, writeGlue } from '../src/link/glue-directory.ts'
import { decodeGlue, encodeGlue } from '../src/link/glue-format.ts'
import type { Linked } from '../src/link/generate.ts'
import { findGlue } from '../src/link/find-glue.ts'
import { typedGuest } from './support/guests.ts'

const LINKED: Linked = {
  script: 'export function instantiate() { /* é */ }',
  modules: new Map([
    ['a.wasm', Uint8Array.of(1, 2, 3)],
    ['b.wasm', new Uint8Array(0)],
  ]),
}

let parent: string
let directory: string
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'foldb-glue-'))
  directory = join(parent, 'cache', 'glue-1')
})
afterEach(() => rm(parent, { recursive: true, force: true }))

describe('glue as a file', () => {
  it('is read back as it was', () => {
    expect(decodeGlue(encodeGlue(LINKED))).toEqual(LINKED)
  })

  it('is nothing when any byte has changed or is missing', () => {
    const bytes = encodeGlue(LINKED)
    for (let i = 0; i < bytes.length; i++) {
      const changed = bytes.slice()
      changed[i]! ^= 1
      expect(decodeGlue(changed)).toBeUndefined()
      expect(decodeGlue(bytes.subarray(0, i))).toBeUndefined()
    }
  })
})

describe('a glue directory', () => {
  it('gives what was written, in files that nobody else may read', async () => {
    expect(await readGlue(directory, 'k')).toBeUndefined()
    await writeGlue(directory, 'k', LINKED)
    expect(await readGlue(directory, 'k')).toEqual(LINKED)
    expect((await stat(directory)).mode & 0o777).toBe(0o700)
    expect((await stat(join(directory, 'k.glue'))).mode & 0o777).toBe(0o600)
  })

  it('is not used when others can read or write it, or when it is a link', async () => {
    await writeGlue(directory, 'k', LINKED)
    await chmod(directory, 0o755)
    expect(await readGlue(directory, 'k')).toBeUndefined()
    await writeGlue(directory, 'other', LINKED)
    expect(await readdir(directory)).toEqual(['k.glue'])
    await chmod(directory, 0o700)
    const link = join(parent, 'link')
    await symlink(directory, link)
    expect(await readGlue(link, 'k')).toBeUndefined()
  })

  it('takes damage for a miss', async () => {
    await writeGlue(directory, 'k', LINKED)
    const path = join(directory, 'k.glue')
    const bytes = await readFile(path)
    bytes[bytes.length - 1]! ^= 1
    await writeFile(path, bytes)
    expect(await readGlue(directory, 'k')).toBeUndefined()
  })

  it('never fails: neither when it cannot be made nor when it is a file', async () => {
    const file = join(parent, 'file')
    await writeFile(file, '')
    await writeGlue(file, 'k', LINKED)
    await writeGlue(join(file, 'below'), 'k', LINKED)
    expect(await readGlue(file, 'k')).toBeUndefined()
  })

  it('keeps the newest files', async () => {
    await mkdir(directory, { recursive: true, mode: 0o700 })
    for (let i = 0; i < GLUE_FILES_MAX; i++) {
      const path = join(directory, `old-${i}.glue`)
      await writeFile(path, '')
      await utimes(path, 1000 + i, 1000 + i)
    }
    await writeGlue(directory, 'k', LINKED)
    const left = await readdir(directory)
    expect(left).toHaveLength(GLUE_FILES_MAX)
    expect(left).not.toContain('old-0.glue')
    expect(left).toContain('k.glue')
  })

  it('is the cache directory of the user by default', () => {
    const before = process.env['XDG_CACHE_HOME']
    try {
      process.env['XDG_CACHE_HOME'] = '/var/x'
      expect(defaultGlueDirectory()).toBe('/var/x/foldb/glue-1')
      process.env['XDG_CACHE_HOME'] = 'relative'
      expect(defaultGlueDirectory()).toBe(join(homedir(), '.cache/foldb/glue-1'))
    } finally {
      if (before === undefined) delete process.env['XDG_CACHE_HOME']
      else process.env['XDG_CACHE_HOME'] = before
    }
  })

  it('is filled by the first load, and the glue in it is what runs', async () => {
    const bytes = await typedGuest({ fields: '(global i64 (i64.const 77001))' })
    const made = await findGlue(bytes, sha256(bytes), directory)
    const [file] = await readdir(directory)
    expect(file).toMatch(/^[0-9a-f]{64}-0\.15\.0-\d+\.glue$/)
    expect(decodeGlue(await readFile(join(directory, file!)))).toEqual(made)
    expect(await findGlue(bytes, sha256(bytes), directory)).toBe(made)
  })
})
