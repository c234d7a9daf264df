/** The frozen rules of execution, named by a digest: design §2, rules 11 and 13. */

/** Sizes in bytes, counts in items, fuel in units of the price table. */
export interface Profile {
  readonly version: 1
  /** Version of the fuel price table; 0 while no module is metered. */
  readonly fuelPrices: number
  readonly fuel: { readonly message: number; readonly init: number; readonly describe: number }
  readonly stackBytes: number
  readonly memoryPages: number
  readonly sizes: {
    readonly component: number
    readonly message: number
    readonly key: number
    readonly row: number
    readonly value: number
    readonly callBytes: number
    readonly entropy: number
    readonly logText: number
    readonly manifest: number
  }
  readonly numbers: {
    readonly tables: number
    readonly columns: number
    readonly indexes: number
    readonly checks: number
    readonly foreignKeys: number
    readonly conditions: number
    readonly kinds: number
    readonly params: number
    readonly views: number
    readonly scanRows: number
  }
  readonly features: readonly string[]
  readonly sqlProfile: number
  readonly stateBytes: number
  /** `none`, or `virtual:<version of preview2-shim>`. */
  readonly wasi: string
}

/** The one default. Any change is another profile, with another digest. */
export const DEFAULT_PROFILE: Profile = {
  version: 1,
  fuelPrices: 0,
  fuel: { message: 1_000_000_000, init: 10_000_000_000, describe: 1_000_000_000 },
  stackBytes: 262_144,
  memoryPages: 1024,
  sizes: {
    component: 33_554_432,
    message: 65_536,
    key: 255,
    row: 1_048_576,
    value: 1_048_576,
    callBytes: 4_194_304,
    entropy: 65_536,
    logText: 65_536,
    manifest: 4_194_304,
  },
  numbers: {
    tables: 1024,
    columns: 1024,
    indexes: 32,
    checks: 128,
    foreignKeys: 32,
    conditions: 64,
    kinds: 4096,
    params: 256,
    views: 256,
    scanRows: 65_536,
  },
  features: [
    'bulk-memory',
    'extended-const',
    'multi-value',
    'mutable-globals',
    'nontrapping-float-to-int',
    'reference-types',
    'sign-extension',
  ],
  sqlProfile: 0,
  stateBytes: 4_294_967_296,
  wasi: 'none',
}
