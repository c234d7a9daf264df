/** The profile document as bytes, its digest and the ceilings of this implementation: protocol.md §5. */
import { FoldbError, type Digest, type Profile } from '@foldb/abi'
import { taggedHash } from '@foldb/state-tree'
import { decodeCbor } from './cbor-decode.ts'
import { encodeCbor } from './cbor-encode.ts'
import type { CborValue } from './cbor-value.ts'

/** Largest profile document, in bytes. */
export const PROFILE_BYTES_MAX = 65_536

const hashProfile = taggedHash('foldb/profile/v1')
const MEBI = 1_048_576

/** Features of a core module that a profile may allow, in the order of a document. */
const FEATURES: readonly string[] = [
  'bulk-memory',
  'extended-const',
  'multi-value',
  'mutable-globals',
  'nontrapping-float-to-int',
  'reference-types',
  'sign-extension',
  'simd',
  'tail-call',
]

type Range = readonly [least: number, most: number]
interface Shape {
  readonly [field: string]: Range | Shape
}

/** Every number of a profile, and the most of it that this implementation runs; beyond is refused. */
const CEILINGS: Shape = {
  version: [1, 1],
  fuelPrices: [0, 0xffff],
  fuel: { message: [1, 2 ** 40], init: [1, 2 ** 40], describe: [1, 2 ** 40] },
  stackBytes: [1024, MEBI],
  memoryPages: [1, 16_384],
  sizes: {
    component: [1, 256 * MEBI],
    message: [64, MEBI],
    key: [16, 255],
    row: [1, 16 * MEBI],
    value: [1, 16 * MEBI],
    callBytes: [1024, 64 * MEBI],
    entropy: [0, 65_536],
    logText: [0, MEBI],
    manifest: [1, 16 * MEBI],
  },
  numbers: {
    tables: [0, 1024],
    columns: [1, 1024],
    indexes: [0, 32],
    checks: [0, 1024],
    foreignKeys: [0, 1024],
    conditions: [0, 1024],
    kinds: [0, 65_536],
    params: [0, 4096],
    views: [0, 4096],
    scanRows: [1, MEBI],
  },
  sqlProfile: [0, 0xffff],
  stateBytes: [0, 2 ** 40],
}
const TOP_LEVEL: readonly string[] = [...Object.keys(CEILINGS), 'features', 'wasi']

/** Canonical bytes of a profile: a CBOR map of its fields, named as in the type. */
export function encodeProfile(profile: Profile): Uint8Array {
  return encodeCbor(profile as unknown as CborValue)
}

/** The name of a profile: H('foldb/profile/v1', bytes). */
export function profileDigest(profile: Profile): Digest {
  return hashProfile(encodeProfile(profile))
}

/**
 * The profile of a document, which may come from a stranger.
 * @throws FoldbError `profile-refused` with `fields.path` for a field that is missing, unknown or beyond a ceiling; `bad-cbor` for
 * bytes that are no canonical CBOR.
 */
export function parseProfile(bytes: Uint8Array): Profile {
  if (bytes.length > PROFILE_BYTES_MAX) refuse('profile', `at most ${PROFILE_BYTES_MAX} bytes`, `${bytes.length}`)
  const value = decodeCbor(bytes, { depth: 4 })
  checkProfile(value)
  return value
}

/** Checks a profile that is already an object by the rules of `parseProfile`. */
export function checkProfile(profile: unknown): asserts profile is Profile {
  const fields = record(profile, 'profile', TOP_LEVEL)
  checkShape(Object.fromEntries(Object.entries(fields).filter(([name]) => name in CEILINGS)), CEILINGS, '')
  checkFeatures(fields['features'])
  const wasi = fields['wasi']
  if (typeof wasi !== 'string' || !/^(none|virtual:\d{1,4}\.\d{1,4}\.\d{1,4})$/.test(wasi))
    refuse('wasi', '"none" or "virtual:<version>"', describe(wasi))
}

function checkShape(value: unknown, shape: Shape, path: string): void {
  const fields = record(value, path === '' ? 'profile' : path, Object.keys(shape))
  for (const [name, rule] of Object.entries(shape)) {
    const at = path === '' ? name : `${path}.${name}`
    if (Array.isArray(rule)) checkRange(fields[name], rule as unknown as Range, at)
    else checkShape(fields[name], rule as Shape, at)
  }
}

function checkRange(value: unknown, [least, most]: Range, path: string): void {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < least || value > most) {
    refuse(path, `a whole number from ${least} to ${most}`, describe(value))
  }
}

function checkFeatures(value: unknown): void {
  if (!Array.isArray(value)) return refuse('features', 'an array', describe(value))
  let previous = -1
  for (const [i, feature] of value.entries()) {
    const place = FEATURES.indexOf(feature as string)
    if (place <= previous) refuse(`features[${i}]`, `names of ${FEATURES.join(', ')}, in this order, each once`, describe(feature))
    previous = place
  }
}

function record(value: unknown, path: string, names: readonly string[]): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Uint8Array)
    return refuse(path, 'a map', describe(value))
  const fields = value as Record<string, unknown>
  for (const name of names) if (!Object.hasOwn(fields, name)) refuse(path, `the field ${name}`, 'nothing')
  for (const name of Object.keys(fields))
    if (!names.includes(name)) refuse(path, `only the fields ${names.join(', ')}`, JSON.stringify(name.slice(0, 80)))
  return fields
}

function refuse(path: string, expected: string, got: string): never {
  throw new FoldbError('profile-refused', `profile refused: ${path}: expected ${expected}, got ${got}`, { fields: { path, expected, got } })
}

function describe(value: unknown): string {
  return typeof value === 'number' || typeof value === 'bigint'
    ? String(value)
    : typeof value === 'string'
      ? JSON.stringify(value.slice(0, 80))
      : typeof value
}
