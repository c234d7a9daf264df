import { DEFAULT_PROFILE } from '@foldb/abi'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { encodeManifest, parseManifest, schemaDigest, validateManifest } from '../src/index.ts'
import { readVectors, thrown, toHex } from './vectors.ts'

interface Edit {
  readonly path: readonly (string | number)[]
  readonly value?: unknown
  readonly times?: number
}
type Json = Record<string | number, unknown>

const base = (JSON.parse(readFileSync(new URL('../../conformance/vectors/manifest.json', import.meta.url), 'utf8')) as { base: Json }).base

/** Copies of an item, each with % replaced by its number. */
function copies(times: number, item: unknown): unknown[] {
  const parts = JSON.stringify(item).split('%')
  return JSON.parse(`[${Array.from({ length: times }, (_, i) => parts.join(String(i))).join(',')}]`) as unknown[]
}

function edited(edits: readonly Edit[]): string {
  const copy = structuredClone(base)
  for (const { path, value, times } of edits) {
    let at = copy
    for (const step of path.slice(0, -1)) at = at[step] as Json
    const last = path.at(-1)!
    if (times !== undefined) at[last] = copies(times, value)
    else if (value === undefined) Reflect.deleteProperty(at, last)
    else Object.defineProperty(at, last, { value, enumerable: true, configurable: true, writable: true })
  }
  return JSON.stringify(copy)
}

const load = (json: string): ReturnType<typeof parseManifest> => {
  const manifest = parseManifest(json)
  validateManifest(manifest, DEFAULT_PROFILE)
  return manifest
}

describe('manifests', () => {
  it.each(readVectors<{ edits: Edit[]; schemaDigest: string }>('manifest'))('loads $name', ({ edits, schemaDigest: expected }) => {
    expect(toHex(schemaDigest(load(edited(edits)).tables))).toBe(expected)
  })

  it.each(readVectors<{ edits: Edit[]; path: string }>('invalid/manifest'))('refuses $name', ({ edits, path }) => {
    const error = thrown(() => load(edited(edits)))
    expect({ code: error.code, path: error.fields?.['path'] }).toEqual({ code: 'bad-manifest', path })
    expect(error.message).toContain(path)
  })

  it.each(['null', '[]', '{}', '', '{"name":"a","name":"b"}', `${'['.repeat(100_000)}`, '{"__proto__":{}}', '\ufeff{}'])(
    'refuses the text %.20s',
    (json) => {
      expect(thrown(() => parseManifest(json)).code).toBe('bad-manifest')
    },
  )

  it('bounds the size of a manifest, in every world alike', () => {
    const manifest = load(edited([]))
    const size = encodeManifest(manifest).length
    const bounded = (most: number) => ({ ...DEFAULT_PROFILE, sizes: { ...DEFAULT_PROFILE.sizes, manifest: most } })
    expect(() => validateManifest(manifest, bounded(size))).not.toThrow()
    expect(thrown(() => validateManifest(manifest, bounded(size - 1))).fields).toMatchObject({ path: 'manifest', got: String(size) })
  })

  it('refuses a million kinds without looking at them', () => {
    const messages = Array.from({ length: 1_000_000 }) as never
    expect(thrown(() => validateManifest({ ...load(edited([])), messages }, DEFAULT_PROFILE)).fields).toMatchObject({ path: 'messages' })
  })

  it('leaves everything but the tables out of the schema digest', () => {
    const manifest = load(edited([]))
    const other = { ...manifest, name: 'other', version: '2', views: [], verdict: '', messages: [], genesis: [] }
    expect(toHex(schemaDigest(other.tables))).toBe(toHex(schemaDigest(manifest.tables)))
    const renamed = manifest.tables.map((table, i) => (i === 2 ? { ...table, name: 'winners' } : table))
    expect(toHex(schemaDigest(renamed))).not.toBe(toHex(schemaDigest(manifest.tables)))
  })

  it('refuses what only a typed world can say', () => {
    const manifest = load(edited([]))
    const withConstant = (constant: never) => ({
      ...manifest,
      tables: manifest.tables.map((table, i) =>
        i === 1 ? { ...table, checks: [{ name: 'c', all: [{ column: 5, comparison: 'less' as const, operand: { constant } }] }] } : table,
      ),
    })
    for (const constant of [Number.NaN, Infinity, -Infinity]) {
      expect(thrown(() => validateManifest(withConstant(constant as never), DEFAULT_PROFILE)).fields).toMatchObject({
        path: 'tables[1].checks[0].all[0].operand.constant',
        expected: 'a finite number',
      })
    }
    expect(() => validateManifest(withConstant(-0 as never), DEFAULT_PROFILE)).not.toThrow()
    const odd = [{ name: 'k', params: [{ name: 'p', type: 'text' as const, nullable: undefined as never }] }]
    expect(thrown(() => validateManifest({ ...manifest, messages: odd }, DEFAULT_PROFILE)).code).toBe('bad-manifest')
    expect(thrown(() => validateManifest({ ...manifest, name: '\ud800' }, DEFAULT_PROFILE)).fields).toMatchObject({ path: 'name' })
    expect(thrown(() => validateManifest({ ...manifest, views: [{ name: 'v', query: '\ud800' }] }, DEFAULT_PROFILE)).fields).toMatchObject({
      path: 'views[0].query',
    })
  })
})
