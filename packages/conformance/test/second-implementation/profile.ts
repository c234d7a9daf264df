/** Profiles: protocol.md §5. */
import { refuse } from './bytes.ts'
import { array, decode, encode, integer, text, type Node } from './cbor.ts'
import { arrayOf, fields, integerOf, textOf } from './fields.ts'
import { H } from './hash.ts'

export type Profile = { readonly [field: string]: number | string | readonly string[] | Profile }

type Range = readonly [bigint, bigint]
interface Shape {
  readonly [field: string]: Range | Shape | ((node: Node) => void)
}

const upTo = (power: bigint, from = 1n): Range => [from, 2n ** power]
const FEATURES = [
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

function checkFeatures(node: Node): void {
  const numbers = arrayOf(node).map((feature) => FEATURES.indexOf(textOf(feature)))
  if (numbers.includes(-1) || numbers.some((number, i) => i > 0 && number <= (numbers[i - 1] ?? -1))) refuse('features')
}

function checkWasi(node: Node): void {
  if (!/^(none|virtual:[0-9]{1,4}\.[0-9]{1,4}\.[0-9]{1,4})$/.test(textOf(node))) refuse('wasi')
}

const SHAPE: Shape = {
  version: [1n, 1n],
  fuelPrices: [0n, 65_535n],
  fuel: { message: upTo(40n), init: upTo(40n), describe: upTo(40n) },
  stackBytes: [1024n, 2n ** 20n],
  memoryPages: [1n, 16_384n],
  sizes: {
    component: upTo(28n),
    message: upTo(20n, 64n),
    key: [16n, 255n],
    row: upTo(24n),
    value: upTo(24n),
    callBytes: upTo(26n, 1024n),
    entropy: [0n, 65_536n],
    logText: upTo(20n, 0n),
    manifest: upTo(24n),
  },
  numbers: {
    tables: [0n, 1024n],
    columns: [1n, 1024n],
    indexes: [0n, 32n],
    checks: [0n, 1024n],
    foreignKeys: [0n, 1024n],
    conditions: [0n, 1024n],
    kinds: [0n, 65_536n],
    params: [0n, 4096n],
    views: [0n, 4096n],
    scanRows: upTo(20n),
  },
  features: checkFeatures,
  sqlProfile: [0n, 65_535n],
  stateBytes: upTo(40n, 0n),
  wasi: checkWasi,
}

function check(node: Node, shape: Shape): void {
  const found = fields(node, Object.keys(shape))
  for (const [name, rule] of Object.entries(shape)) {
    const inside = found[name] ?? refuse('no field')
    if (typeof rule === 'function') rule(inside)
    else if (isRange(rule)) integerOf(inside, ...rule)
    else check(inside, rule)
  }
}

const isRange = (rule: Range | Shape): rule is Range => Array.isArray(rule)

function nodeOf(value: Profile[string]): Node {
  if (typeof value === 'number') return integer(value)
  if (typeof value === 'string') return text(value)
  if (isFeatures(value)) return array(value.map(text))
  return { map: Object.entries(value).map(([name, inside]) => [name, nodeOf(inside)]) }
}

const isFeatures = (value: readonly string[] | Profile): value is readonly string[] => Array.isArray(value)

export const encodeProfile = (profile: Profile): Uint8Array => encode(nodeOf(profile))
export const checkProfile = (encoded: Uint8Array): void => check(decode(encoded), SHAPE)
export const profileDigest = (encoded: Uint8Array): Uint8Array => H('foldb/profile/v1', encoded)
