/** A page that uses the installed `foldb`, bundled as Vite does by default and served on loopback under a content policy. */
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build, preview } from 'vite'

/** The least that the packages need: a blob for glue code, compiled WebAssembly, and nothing from elsewhere. */
export const POLICY = [
  "default-src 'none'",
  "script-src 'self' blob: 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "connect-src 'self'",
  'img-src data:',
].join('; ')

/** Bundles the page in a project where `foldb` is installed, beside files of `root`; gives the size of what came out in bytes. */
export async function buildSite(project, root, paths) {
  cpSync(import.meta.dirname, project, { recursive: true, filter: (path) => !path.endsWith('site.mjs') })
  for (const path of paths) cpSync(join(root, path), join(project, 'public', path))
  const { output } = await build({ root: project, configFile: false, logLevel: 'error' })
  const parts = output.map((part) => Buffer.from(part.type === 'chunk' ? part.code : part.source))
  const sum = (sizes) => sizes.reduce((total, size) => total + size, 0)
  return { raw: sum(parts.map(({ length }) => length)), gzip: sum(parts.map((part) => gzipSync(part).length)) }
}

/** Serves what was built; the address is that of the page. */
export async function serveSite(project) {
  const headers = { 'Content-Security-Policy': POLICY }
  const server = await preview({ root: project, configFile: false, logLevel: 'error', preview: { host: '127.0.0.1', port: 4173, headers } })
  return { url: server.resolvedUrls.local[0], close: () => server.close() }
}
