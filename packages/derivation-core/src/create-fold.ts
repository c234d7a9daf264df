/** Opening a fold: genesis, reducer and profile have to belong together, and `init` has to apply (protocol.md §5, §13). */
import {
  type Args,
  DEFAULT_PROFILE,
  type Digest,
  FoldbError,
  type Genesis,
  type Manifest,
  type Value,
  equalBytes,
  formatDigest,
} from '@foldb/abi'

import { genesisArgs } from './args.ts'
import { type Fold, type FoldOptions, TableFold } from './fold.ts'
import type { Reducer } from './ports.ts'
import { profileDigest } from './profile.ts'
import { validateManifest } from './validate-manifest.ts'

function requireDigest(what: string, expected: Digest, got: Digest): void {
  if (!equalBytes(expected, got)) {
    throw new FoldbError(
      'foreign-genesis',
      `the genesis was made for another ${what}: expected ${formatDigest(expected)}, got ${formatDigest(got)}`,
    )
  }
}

function requireEngine({ usesSql }: Reducer, { engine }: Genesis): void {
  if (usesSql) throw new FoldbError('sql-unsupported', 'the reducer imports sql: expected one that needs row operations only')
  if (engine !== null) throw new FoldbError('foreign-genesis', 'the genesis names an engine: expected null for a reducer without sql')
}

function initArgs(manifest: Manifest, args: Args): readonly Value[] {
  const values = genesisArgs(manifest.genesis, args)
  if (values === undefined) {
    const declared = manifest.genesis.map(({ name, type, nullable }) => `${name}: ${type}${nullable ? ' or null' : ''}`).join(', ')
    throw new FoldbError('bad-genesis-args', `genesis arguments: expected {${declared}}, got {${Object.keys(args).join(', ')}}`)
  }
  return values
}

/**
 * Checks that reducer, genesis and profile belong together, and runs `init`.
 * @throws FoldbError `foreign-genesis`, `sql-unsupported`, `bad-manifest`, `bad-genesis-args`; `invalid-genesis` when `init` does not
 * apply, with `fields.status` and `fields.code`
 *
 * @example
 * using fold = createFold({ reducer, genesis })
 * for (const message of messages) fold.apply(message)
 * fold.checkpoint().stateRoot
 */
export function createFold(options: FoldOptions): Fold {
  const { reducer, genesis, profile = DEFAULT_PROFILE } = options
  requireDigest('reducer', genesis.reducer, reducer.digest)
  requireDigest('profile', genesis.profile, profileDigest(profile))
  requireEngine(reducer, genesis)
  validateManifest(reducer.manifest, profile)
  const args = initArgs(reducer.manifest, genesis.args)
  const fold = new TableFold(options, profile)
  const outcome = fold.init(args)
  if (outcome.status !== 'applied') {
    const { status, code } = outcome
    throw new FoldbError('invalid-genesis', `init: expected applied, got ${status} ${code}`, { fields: { status, code } })
  }
  return fold
}
