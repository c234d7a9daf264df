/** Compiled components, kept in memory by digest: the second load of one compiles nothing. */
import { toHex, type Digest, type Profile } from '@foldb/abi'
import type { CoreInstance } from '../component/evaluate.ts'
import { findGlue, type GlueDirectory } from './find-glue.ts'
import { Program, type TransformCore } from './program.ts'

/** Components whose modules are kept compiled, for each transformation. */
const KEPT_MAX = 8

export interface ProgramOptions {
  readonly transformCore?: TransformCore
  readonly glueDirectory?: Exclude<GlueDirectory, undefined>
}

const AS_IT_IS: TransformCore = (core) => core
const kept = new WeakMap<TransformCore, Map<string, Promise<Program>>>()

export async function findProgram(
  bytes: Uint8Array,
  digest: Digest,
  coreInstances: readonly CoreInstance[],
  options: ProgramOptions,
  profile: Profile,
): Promise<Program> {
  const transform = options.transformCore ?? AS_IT_IS
  let programs = kept.get(transform)
  if (programs === undefined) kept.set(transform, (programs = new Map()))
  const key = `${toHex(digest)}-${profile.memoryPages}`
  const known = programs.get(key)
  if (known !== undefined) return known
  const made = findGlue(bytes, digest, options.glueDirectory).then((linked) =>
    Program.build(bytes, coreInstances, linked, transform, profile.memoryPages),
  )
  programs.set(key, made)
  if (programs.size > KEPT_MAX) programs.delete(programs.keys().next().value!)
  try {
    return await made
  } catch (error) {
    programs.delete(key)
    throw error
  }
}
