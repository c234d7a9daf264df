/** The vectors of this package as files. */
import { readFile } from 'node:fs/promises'

/** Where a vector file lies: `skirmish/log-1000.jsonl`, `invalid/messages.json`. */
export function vectorUrl(name: string): URL {
  return new URL(`../vectors/${name}`, import.meta.url)
}

/** Bytes of a vector file. */
export async function readVector(name: string): Promise<Uint8Array> {
  return new Uint8Array(await readFile(vectorUrl(name)))
}

/** A vector file of cases, parsed. */
export async function readCases<T>(name: string): Promise<{ readonly description: string; readonly cases: readonly T[] }> {
  return JSON.parse(await readFile(vectorUrl(name), 'utf8')) as { description: string; cases: T[] }
}
