/**
 * Proves that every package works where a stranger installs it: `npm run pack-test [-- name …]`, after a build.
 *
 * Each package is packed, installed into an empty project with its own dependencies alone (siblings from their tarballs), each entry is
 * imported, and the first example of its README is type-checked and run by plain Node; that of a guest kit is built by the kit's command.
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { commandsOf, exampleOf, packagesImportedBy } from './pack/example.mjs'
import { install, packAll } from './pack/packages.mjs'
import { run } from './pack/run.mjs'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const wanted = process.argv.slice(2)
const work = mkdtempSync(join(tmpdir(), 'foldb-pack-'))
let broken = 0
try {
  const packages = packAll(ROOT, work)
  const chosen = packages.filter(({ manifest }) => wanted.length === 0 || wanted.includes(manifest.name))
  for (const item of chosen) report(item, packages)
  process.stdout.write(`pack-test: ${chosen.length - broken} of ${chosen.length} packages work where they are installed\n`)
  process.exitCode = broken === 0 && chosen.length > 0 ? 0 : 1
} finally {
  rmSync(work, { recursive: true, force: true })
}

function report(item, packages) {
  const { name } = item.manifest
  try {
    process.stdout.write(`${name}: ${tryPackage(item, packages).join(', ')}\n`)
  } catch (error) {
    broken++
    process.stdout.write(`${name}: BROKEN: ${error.message}\n`)
  }
}

/** The main entry has to do with the package's own dependencies; the other entries may ask for its optional peers. */
function tryPackage(item, packages) {
  const { name, exports = {}, peerDependencies = {} } = item.manifest
  const project = join(work, `project-${name.replace(/[@/]/g, '_')}`)
  mkdirSync(project)
  const example = exampleOf(name, join(item.folder, 'README.md'))
  const isModule = ([path, target]) => !path.includes('*') && /\.m?js$/.test(target.default ?? target)
  const entries = Object.entries(exports)
    .filter(isModule)
    .map(([path]) => path)
  const besides = entries.filter((path) => path !== '.')
  install(project, item, packages, packagesImportedBy(example?.code))
  if (besides.length < entries.length) importEntry(project, name)
  if (besides.length > 0) install(project, item, packages, [...packagesImportedBy(example?.code), ...Object.keys(peerDependencies)])
  for (const path of besides) importEntry(project, name + path.slice(1))
  const imports = `${entries.length} ${entries.length === 1 ? 'entry' : 'entries'} imported`
  if (example === undefined) throw new Error(`${imports}, but README.md has no example that imports ${name}`)
  return ['installed', imports, exports['.'] === undefined ? buildExample(project, item, example) : runExample(project, item, example)]
}

function importEntry(project, specifier) {
  run('node', ['--input-type=module', '-e', `await import(${JSON.stringify(specifier)}); process.exit()`], project)
}

/** What an example reads lies in the package's folder `examples`, as it does for whoever reads the README. */
function runExample(project, { folder }, example) {
  const files = join(folder, 'examples')
  if (existsSync(files)) cpSync(files, join(project, 'examples'), { recursive: true })
  writeFileSync(join(project, 'example.mts'), example.code)
  if (example.typed) checkTypes(project)
  run('node', ['example.mts'], project)
  return 'README example runs'
}

/** A guest kit has no host code to run: its README says which command makes a component of the example. */
function buildExample(project, { folder, manifest }, example) {
  const commands = commandsOf(join(folder, 'README.md'), Object.keys(manifest.bin ?? {}))
  if (commands.length === 0) throw new Error('README.md has no command that builds its example')
  for (const [command, file, ...rest] of commands) {
    mkdirSync(dirname(join(project, file)), { recursive: true })
    writeFileSync(join(project, file), example.code)
    run('pnpm', ['exec', command, file, ...rest], project)
  }
  return 'README example builds'
}

function checkTypes(project) {
  const lib = ['es2024', 'esnext.disposable', 'esnext.typedarrays', 'dom', 'dom.asynciterable']
  const compilerOptions = { module: 'nodenext', target: 'es2024', lib, strict: true, noEmit: true, skipLibCheck: false }
  const types = { typeRoots: [join(ROOT, 'node_modules/@types')], types: ['node'] }
  writeFileSync(
    join(project, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: { ...compilerOptions, ...types }, files: ['example.mts'] }),
  )
  run('node', [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.json', '--pretty', 'false'], project)
}
