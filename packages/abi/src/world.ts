/** Names of the WIT package and its worlds. */

/** The package and version that every reducer component speaks; imports are `${REDUCER_PACKAGE}/<interface>@<version>`. */
export const REDUCER_PACKAGE = { name: 'foldb:reducer', version: '0.1.0' } as const

export type World = 'typed-reducer' | 'json-reducer' | 'json-sql-reducer'

/** What each world may import and must export; a component may import any subset. */
export const WORLDS: Readonly<Record<World, { readonly imports: readonly string[]; readonly exports: string }>> = {
  'typed-reducer': { imports: ['types', 'tables', 'sql', 'entropy', 'log'], exports: 'reducer' },
  'json-reducer': { imports: ['types', 'tables-json', 'entropy', 'log'], exports: 'reducer-json' },
  'json-sql-reducer': { imports: ['types', 'tables-json', 'sql-json', 'entropy', 'log'], exports: 'reducer-json' },
}
