/**
 * Fails on an import against the floors: `node scripts/check-floors.mjs [root]`.
 *
 * A package imports from lower floors only, never from a neighbour; nobody inside a package imports its index.ts; what runs in
 * browsers imports nothing of Node; whatever is imported is declared. CONTRIBUTING.md draws the floors.
 */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const FLOORS = {
  '@foldb/abi': 0,
  '@foldb/wasm-instrument': 1,
  '@foldb/state-tree': 1,
  '@foldb/sql-profile': 1,
  '@foldb/reducer-sdk': 1,
  '@foldb/derivation-core': 2,
  '@foldb/game-dnd': 2,
  '@foldb/wasm-runtime': 3,
  '@foldb/pglite-store': 3,
  '@foldb/cache': 3,
  '@foldb/conformance': 4,
  foldb: 5,
}
const APP_FLOOR = 6
const PURE = new Set(['@foldb/abi', '@foldb/state-tree', '@foldb/derivation-core'])
const IMPORTS = [
  /^(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]/gm,
  /^import\s*['"]([^'"]+)['"]/gm,
  /^(?!\s*(?:\*|\/\/)).*?\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm,
]
const TEST = /\.(?:test|test-d|bench)\.ts$/

/** One finding a line, each with file and import; empty when all is well. */
export function checkFloors(root) {
  const packages = globSync('{packages,apps}/*/package.json', { cwd: root }).sort()
  return packages.flatMap((file) => checkPackage(root, join(root, dirname(file))))
}

function checkPackage(root, folder) {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const floor = folder.startsWith(join(root, 'apps')) ? APP_FLOOR : FLOORS[manifest.name]
  if (floor === undefined)
    return [`${relative(root, folder)}: expected ${manifest.name} to stand on a floor: name it in scripts/check-floors.mjs`]
  const files = globSync('{src,test}/**/*.ts', { cwd: folder }).filter((file) => !file.endsWith('.d.ts') && !file.includes('fixtures'))
  return files.sort().flatMap((file) => {
    const source = { name: manifest.name, floor, folder, file, manifest, isTest: file.startsWith('test') || TEST.test(file) }
    const problems = importsOf(join(folder, file)).map((specifier) => [specifier, problemOf(source, specifier)])
    return problems
      .filter(([, problem]) => problem !== undefined)
      .map(([specifier, problem]) => `${relative(root, join(folder, file))}: '${specifier}': ${problem}`)
  })
}

function importsOf(file) {
  const text = readFileSync(file, 'utf8')
  const found = IMPORTS.flatMap((pattern) => [...text.matchAll(pattern)].map((match) => match[1]))
  return [...new Set(found)].filter((specifier) => !specifier.includes('${'))
}

function problemOf(source, specifier) {
  if (specifier.startsWith('.')) return source.isTest ? undefined : problemOfFile(source, specifier)
  if (specifier.startsWith('#')) return undefined
  if (specifier.startsWith('node:'))
    return PURE.has(source.name) && !source.isTest ? `${source.name} runs in browsers and imports nothing of Node` : undefined
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
  return problemOfFloor(source, name) ?? problemOfManifest(source, name)
}

function problemOfFile({ folder, file }, specifier) {
  const target = resolve(folder, dirname(file), specifier)
  if (relative(join(folder, 'src'), target).startsWith('..')) return 'source stays inside its package: import the sibling by its name'
  return /[\\/]index\.[jt]s$/.test(target) ? 'nobody inside imports an index.ts: import the module itself' : undefined
}

function problemOfFloor({ name, floor, isTest }, target) {
  const other = FLOORS[target]
  if (target === name) return isTest ? undefined : 'a package does not import itself: import the module'
  if (other === undefined || other < floor) return undefined
  return other === floor ? `neighbours on floor ${floor} never import each other` : `floor ${floor} never imports floor ${other}`
}

function problemOfManifest({ name, isTest, manifest }, target) {
  const { dependencies, peerDependencies, devDependencies } = manifest
  const declared = { ...dependencies, ...peerDependencies, ...(isTest ? devDependencies : {}) }
  if (target in declared || target === name || (isTest && ['vitest', 'fast-check'].includes(target))) return undefined
  return `expected package.json to declare ${target}`
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const root = resolve(process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), '..'))
  if (!existsSync(join(root, 'packages'))) throw new Error(`expected packages in ${root}`)
  const findings = checkFloors(root)
  for (const finding of findings) process.stderr.write(`${finding}\n`)
  process.exitCode = findings.length === 0 ? 0 : 1
}
