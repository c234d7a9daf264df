/** Writes the TypeScript types that the WIT stands for to test/generated: `node scripts/generate-wit-types.ts`. */
import { $init, generateTypes } from '@bytecodealliance/jco-transpile/component'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'

export const GENERATED: string = join(import.meta.dirname, '../test/generated')
const WIT = join(import.meta.dirname, '../wit/reducer.wit')
const NOTICE = '// Generated from wit/reducer.wit by scripts/generate-wit-types.ts. Do not edit.\n'

/** Text of each interface's types by file name: `foldb-reducer-types.d.ts` and so on. */
export async function generateWitTypes(): Promise<ReadonlyMap<string, string>> {
  await $init
  const world = 'typed-reducer'
  const wit = { tag: 'source' as const, val: await readFile(WIT, 'utf8') }
  const files = generateTypes(world, { wit, world, instantiation: { tag: 'sync' } })
  const interfaces = files.filter(([name]) => name.startsWith('interfaces/'))
  return new Map(interfaces.map(([name, bytes]) => [basename(name), NOTICE + new TextDecoder().decode(bytes)]))
}

if (import.meta.main) {
  await mkdir(GENERATED, { recursive: true })
  for (const [name, text] of await generateWitTypes()) await writeFile(join(GENERATED, name), text)
}
