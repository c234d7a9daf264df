/** The published packages as tarballs, and projects that install them as a stranger does. */
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { run } from './run.mjs'

/** Packs every package that is published into a folder: `{ folder, manifest, tarball }` of each. */
export function packAll(root, into) {
  const folders = globSync('{packages,sdk}/*/package.json', { cwd: root }).sort()
  const all = folders.map((file) => ({ folder: join(root, dirname(file)), manifest: JSON.parse(readFileSync(join(root, file), 'utf8')) }))
  return all.filter(({ manifest }) => manifest.private !== true).map((item) => ({ ...item, tarball: pack(item, into) }))
}

function pack({ folder, manifest }, into) {
  const tarball = join(into, `${manifest.name.replace(/[@/]/g, '_')}.tgz`)
  run('pnpm', ['pack', '--out', tarball], folder)
  return tarball
}

/** Siblings come from their tarballs wherever they are asked for, and from nowhere else. */
export function install(project, item, packages, imported) {
  const tarballs = Object.fromEntries(packages.map(({ manifest, tarball }) => [manifest.name, `file:${tarball}`]))
  const { name, peerDependencies = {} } = item.manifest
  const wanted = [name, ...imported].map((other) => [other, tarballs[other] ?? peerDependencies[other]])
  const dependencies = Object.fromEntries(wanted.filter(([, version]) => version !== undefined))
  writeFileSync(join(project, 'package.json'), JSON.stringify({ private: true, type: 'module', dependencies }))
  writeFileSync(join(project, 'pnpm-workspace.yaml'), JSON.stringify({ packages: ['.'], overrides: tarballs }))
  run('pnpm', ['install', '--no-frozen-lockfile', '--prefer-offline'], project)
}
