/** `foldb check`: whether a component can be run here, exactly as the runtime decides. */
import { FoldbError, formatDigest } from '@foldb/abi'
import { sha256 } from '@foldb/state-tree'
import { inspectComponent } from '@foldb/wasm-runtime'
import { EXIT } from './exit.ts'
import { readInput } from './files.ts'
import { printJson } from './json.ts'
import { requireRunnable } from './runnable.ts'

interface Finding {
  readonly code: string
  readonly text: string
  readonly offset?: number | undefined
}

export async function check(file: string, flags: { readonly json?: boolean }): Promise<number> {
  const bytes = await readInput(file, 'component')
  const { world, imports, exports, findings } = inspectComponent(bytes)
  const all: readonly Finding[] = findings.length > 0 ? findings : await load(bytes)
  const digest = formatDigest(sha256(bytes))
  if (flags.json === true) printJson({ file, digest, bytes: bytes.length, world: world ?? null, imports, exports, findings: all })
  else print(file, `${world ?? 'no world'}, ${bytes.length} bytes, ${digest}`, all)
  return all.length === 0 ? EXIT.done : EXIT.no
}

async function load(bytes: Uint8Array): Promise<readonly Finding[]> {
  try {
    await requireRunnable(bytes)
    return []
  } catch (error) {
    if (!FoldbError.is(error) || error.name === 'Fault') throw error
    return [{ code: error.code, text: error.message }]
  }
}

function print(file: string, line: string, findings: readonly Finding[]): void {
  if (findings.length === 0) process.stdout.write(`${file}: runs (${line})\n`)
  for (const { code, text, offset } of findings) {
    process.stdout.write(`${file}${offset === undefined ? '' : ` at byte ${offset}`}: ${text} (${code})\n`)
  }
}
