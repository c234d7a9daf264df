/** Makes glue code callable in browsers, as a module from a blob: needs `script-src blob: 'wasm-unsafe-eval'` under a content policy. */
import type { Instantiate } from './load-glue.ts'

export async function loadByBlob(script: string): Promise<Instantiate> {
  const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }))
  try {
    const module = (await import(/* @vite-ignore */ url)) as { instantiate: Instantiate }
    return module.instantiate
  } finally {
    URL.revokeObjectURL(url)
  }
}
