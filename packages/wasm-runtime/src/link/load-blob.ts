/** Makes glue code callable in browsers, as a module from a blob: needs `script-src blob: 'wasm-unsafe-eval'` under a content policy. */
import { Fault } from '@foldb/abi'
import type { Instantiate } from './load-glue.ts'

/** @throws Fault `engine-unsupported` where a module cannot come from a blob. */
export async function loadByBlob(script: string): Promise<Instantiate> {
  const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }))
  try {
    const module = (await import(/* @vite-ignore */ url)) as { instantiate: Instantiate }
    return module.instantiate
  } catch (cause) {
    throw new Fault(
      'engine-unsupported',
      "glue code: expected to load it from a blob; a content policy needs script-src blob: 'wasm-unsafe-eval'",
      { cause },
    )
  } finally {
    URL.revokeObjectURL(url)
  }
}
