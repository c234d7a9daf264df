/** Files, with errors that say which. */
import { FoldbError } from '@foldb/abi'
import { readFile, rename, rm, writeFile } from 'node:fs/promises'

/** @throws FoldbError `unreadable-file` */
export async function readInput(path: string, what: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await readFile(path))
  } catch (error) {
    throw new FoldbError('unreadable-file', `cannot read the ${what} ${path}: ${reason(error)}`, { cause: error, fields: { path } })
  }
}

/**
 * Writes a whole file or nothing.
 * @throws FoldbError `unwritable-file`
 */
export async function writeOutput(path: string, bytes: Uint8Array): Promise<void> {
  const part = `${path}.${process.pid}.part`
  try {
    await writeFile(part, bytes)
    await rename(part, path)
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined)
    throw new FoldbError('unwritable-file', `cannot write ${path}: ${reason(error)}`, { cause: error, fields: { path } })
  }
}

function reason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  const known: Record<string, string> = {
    ENOENT: 'no such file or directory',
    EACCES: 'permission denied',
    EISDIR: 'it is a directory',
    ENOTDIR: 'a part of the path is not a directory',
    ENOSPC: 'no space left on the device',
    EROFS: 'the file system is read-only',
  }
  return (code === undefined ? undefined : known[code]) ?? message
}
