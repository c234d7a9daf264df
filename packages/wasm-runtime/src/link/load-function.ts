/** Makes glue code callable where text may become a function: Node and other servers. */
import type { Instantiate } from './load-glue.ts'

export function loadByFunction(script: string): Instantiate {
  const body = script
    .replace(/^"use components";\s*/, '')
    .replace(/^export function instantiate/m, 'return function instantiate')
    .replace(/^export const _util/m, 'const _util')
  // oxlint-disable-next-line no-implied-eval, no-new-func -- the text is our linker's, over names that admission checked
  return (new Function(`"use strict";${body}\n//# sourceURL=foldb-component.js`) as () => Instantiate)()
}
