/** Where there is no file system, no glue is kept between runs. Same functions as glue-directory.ts. */
import type { Linked } from './generate.ts'

export function defaultGlueDirectory(): string {
  return ''
}

export async function readGlue(_directory: string, _key: string): Promise<Linked | undefined> {
  return undefined
}

export async function writeGlue(_directory: string, _key: string, _linked: Linked): Promise<void> {}
