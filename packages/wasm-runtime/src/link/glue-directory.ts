/**
 * Keeps glue in a directory that only this user can read or write, because it is code. Node only. Whatever goes wrong is a miss: nothing
 * here ever fails a load.
 */
import { lstat, mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Linked } from './generate.ts'
import { decodeGlue, encodeGlue } from './glue-format.ts'

/** Files kept; the oldest go first. */
export const GLUE_FILES_MAX = 32
/** Bytes of one file. */
export const GLUE_BYTES_MAX = 134_217_728

const SUFFIX = '.glue'

/** `$XDG_CACHE_HOME/foldb` or `~/.cache/foldb`. */
export function defaultGlueDirectory(): string {
  const base = process.env['XDG_CACHE_HOME']
  return join(base !== undefined && base.startsWith('/') ? base : join(homedir(), '.cache'), 'foldb', 'glue-1')
}

/** Whether a path is a directory of this user, closed to all others. */
async function isPrivate(directory: string): Promise<boolean> {
  const found = await lstat(directory)
  if (!found.isDirectory()) return false
  if (process.getuid === undefined) return true
  return found.uid === process.getuid() && (found.mode & 0o077) === 0
}

export async function readGlue(directory: string, key: string): Promise<Linked | undefined> {
  try {
    if (!(await isPrivate(directory))) return undefined
    const file = await open(join(directory, key + SUFFIX), 'r')
    try {
      if ((await file.stat()).size > GLUE_BYTES_MAX) return undefined
      return decodeGlue(await file.readFile())
    } finally {
      await file.close()
    }
  } catch {
    return undefined
  }
}

export async function writeGlue(directory: string, key: string, linked: Linked): Promise<void> {
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 })
    if (!(await isPrivate(directory))) return
    const path = join(directory, key + SUFFIX)
    const temporary = `${path}.${process.pid}.${Math.trunc(performance.now() * 1000)}`
    await writeFile(temporary, encodeGlue(linked), { mode: 0o600, flag: 'wx' })
    await rename(temporary, path)
    await removeOldest(directory)
  } catch {
    // A cache that cannot be written costs time, nothing else.
  }
}

async function removeOldest(directory: string): Promise<void> {
  const files = (await readdir(directory)).map((name) => join(directory, name))
  if (files.length <= GLUE_FILES_MAX) return
  const dated = await Promise.all(files.map(async (path) => ({ path, time: (await stat(path)).mtimeMs })))
  dated.sort((a, b) => b.time - a.time)
  await Promise.all(dated.slice(GLUE_FILES_MAX).map(({ path }) => rm(path, { force: true })))
}
