/** Glue for a component: from memory, from the user's private directory, or made anew. */
import { toHex, type Digest } from '@foldb/abi'
import { defaultGlueDirectory, readGlue, writeGlue } from '#glue-directory'
import { generateGlue, JCO_VERSION, type Linked } from './generate.ts'

/** Changes with every fix of linking or of the glue's edits, so that no old glue outlives it. */
export const RUNTIME_EPOCH = 2
/** Components whose glue is kept in memory. */
const KEPT_MAX = 16

/** A directory for glue, or false for none. Without it: the user's cache directory in Node, none in browsers. */
export type GlueDirectory = string | false | undefined

const kept = new Map<string, Promise<Linked>>()

export async function findGlue(bytes: Uint8Array, digest: Digest, directory: GlueDirectory): Promise<Linked> {
  const key = `${toHex(digest)}-${JCO_VERSION}-${RUNTIME_EPOCH}`
  const known = kept.get(key)
  if (known !== undefined) return known
  const made = throughDirectory(bytes, key, directory)
  kept.set(key, made)
  if (kept.size > KEPT_MAX) kept.delete(kept.keys().next().value!)
  try {
    return await made
  } catch (error) {
    kept.delete(key)
    throw error
  }
}

async function throughDirectory(bytes: Uint8Array, key: string, directory: GlueDirectory): Promise<Linked> {
  if (directory === false) return generateGlue(bytes)
  const path = directory ?? defaultGlueDirectory()
  const found = await readGlue(path, key)
  if (found !== undefined) return found
  const linked = await generateGlue(bytes)
  await writeGlue(path, key, linked)
  return linked
}
