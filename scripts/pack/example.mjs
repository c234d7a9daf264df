/** The example of a README: what a reader would paste first. */
import { existsSync, readFileSync } from 'node:fs'

const BLOCK = /^```(ts|js|typescript|javascript)\b([^\n]*)\n([\s\S]*?)^```$/gm
const IMPORT = /\bfrom\s*['"]([^'".][^'"]*)['"]/g

/**
 * The first block marked `runs`, else the first that imports the package; undefined when there is none.
 * `typed` says whether it is TypeScript.
 */
export function exampleOf(name, file) {
  if (!existsSync(file)) return undefined
  const found = [...readFileSync(file, 'utf8').matchAll(BLOCK)]
  const blocks = found.map(([, language, marks, code]) => ({ typed: language.startsWith('t'), marks: marks.trim().split(/\s+/), code }))
  const imports = ({ code }) => packagesImportedBy(code).includes(name)
  return blocks.find(({ marks }) => marks.includes('runs')) ?? blocks.find(imports)
}

/** Each `npx <bin> <arguments>` in the shell blocks of a README, as words, for the given commands. */
export function commandsOf(file, bins) {
  const blocks = [...readFileSync(file, 'utf8').matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap((match) => match[1].split('\n'))
  return blocks
    .map((line) => line.trim().split(/\s+/))
    .flatMap(([npx, bin, ...rest]) => (npx === 'npx' && bins.includes(bin) ? [[bin, ...rest]] : []))
}

/** Names of the packages that a piece of code imports, Node's own aside. */
export function packagesImportedBy(code = '') {
  const specifiers = [...code.matchAll(IMPORT)].map((match) => match[1]).filter((specifier) => !specifier.startsWith('node:'))
  return [
    ...new Set(
      specifiers.map((specifier) =>
        specifier
          .split('/')
          .slice(0, specifier.startsWith('@') ? 2 : 1)
          .join('/'),
      ),
    ),
  ]
}
