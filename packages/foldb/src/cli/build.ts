/** `foldb build`: a TypeScript reducer becomes a component. */
import { buildReducer } from '@foldb/reducer-sdk/build'
import { sha256 } from '@foldb/state-tree'
import { formatDigest } from '@foldb/abi'
import { extname } from 'node:path'
import { EXIT } from './exit.ts'
import { writeOutput } from './files.ts'
import { requireRunnable } from './runnable.ts'

export async function build(entry: string, flags: { readonly out?: string }): Promise<number> {
  const out = flags.out ?? `${entry.slice(0, entry.length - extname(entry).length)}.wasm`
  const bytes = await buildReducer({ entry })
  await requireRunnable(bytes)
  await writeOutput(out, bytes)
  process.stdout.write(`${out}: ${bytes.length} bytes, ${formatDigest(sha256(bytes))}\n`)
  return EXIT.done
}
