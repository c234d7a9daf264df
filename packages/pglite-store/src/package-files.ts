/** Files that ship with packages, read in Node from disk and in browsers by fetch. */
import { Fault } from '@foldb/abi'

/** Whether this runs in Node, where `node:` modules can be loaded. */
export const IN_NODE: boolean = typeof process !== 'undefined' && typeof process.versions?.node === 'string'

/** The data directory that every database starts from: unpacked in Node, beside this thread; still packed in browsers. */
export async function readTemplate(): Promise<Uint8Array<ArrayBuffer>> {
  const packed = await readFile(new URL('../template/template.tar.gz', import.meta.url))
  if (!IN_NODE) return packed
  const { gunzip } = await import('node:zlib')
  return new Promise((resolve, reject) => gunzip(packed, (error, data) => (error === null ? resolve(data) : reject(error))))
}

/** PGlite's compiled PostgreSQL in Node; undefined in browsers, where PGlite fetches it from its own place. */
export async function readPostgresWasm(): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (!IN_NODE) return undefined
  const [{ createRequire }, { pathToFileURL }] = await Promise.all([import('node:module'), import('node:url')])
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite')
  return readFile(new URL('pglite.wasm', pathToFileURL(entry)))
}

async function readFile(url: URL): Promise<Uint8Array<ArrayBuffer>> {
  if (IN_NODE) {
    const { readFile: read } = await import('node:fs/promises')
    return read(url)
  }
  const response = await fetch(url)
  if (!response.ok) throw new Fault('missing-file', `expected ${url.href} to be served, got status ${response.status}`)
  return new Uint8Array(await response.arrayBuffer())
}
