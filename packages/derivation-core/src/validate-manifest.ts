/** The rules that make a reducer loadable: protocol.md §6. The same for every world. */
import { FoldbError, type Manifest, type MessageKind, type Param, type Profile, type ValueType } from '@foldb/abi'
import { encodeManifest } from './manifest-cbor.ts'
import { failManifest } from './manifest-json.ts'
import { checkLabel, checkText, limit, NameSet } from './manifest-names.ts'
import { NAME } from './name.ts'
import { validateTable } from './validate-table.ts'

const VALUE_TYPES: readonly ValueType[] = ['boolean', 'integer', 'float', 'text', 'bytes']

/**
 * Checks everything about a manifest that does not depend on the reducer's code. Counts are checked before items, so that a
 * manifest of a million kinds is refused at once.
 *
 * @throws FoldbError `bad-manifest` with `fields.path` like `tables[3].columns[0].type`, `expected` and `got`; the component cannot
 * be loaded then.
 */
export function validateManifest(manifest: Manifest, profile: Profile): void {
  const { numbers, sizes } = profile
  checkLabel(manifest.name, 'name')
  checkLabel(manifest.version, 'version')
  limit(manifest.tables.length, numbers.tables, 'tables')
  limit(manifest.views.length, numbers.views, 'views')
  limit(manifest.messages.length, numbers.kinds, 'messages')
  validateTables(manifest, profile)
  validateParams(manifest.genesis, 'genesis', profile)
  validateKinds(manifest.messages, profile)
  if (manifest.verdict !== '' && !manifest.tables.some((table) => table.name === manifest.verdict)) {
    failManifest('verdict', 'the name of a declared table, or ""', JSON.stringify(manifest.verdict))
  }
  validateSize(manifest, sizes.manifest)
}

function validateTables(manifest: Manifest, profile: Profile): void {
  const relations = new NameSet('distinct names of tables, indexes, views and primary keys')
  const tables = new Map(manifest.tables.map((table) => [table.name, table]))
  for (const [i, table] of manifest.tables.entries()) validateTable({ table, tables, relations, path: `tables[${i}]`, profile })
  for (const [i, view] of manifest.views.entries()) {
    relations.addRelation(view.name, `views[${i}].name`)
    checkText(view.query, `views[${i}].query`)
  }
}

function validateKinds(kinds: readonly MessageKind[], profile: Profile): void {
  const names = new NameSet('distinct names of kinds')
  for (const [i, kind] of kinds.entries()) {
    names.add(kind.name, NAME, `messages[${i}].name`)
    validateParams(kind.params, `messages[${i}].params`, profile)
  }
}

function validateParams(params: readonly Param[], path: string, profile: Profile): void {
  limit(params.length, profile.numbers.params, path)
  const names = new NameSet('distinct names of parameters')
  for (const [i, param] of params.entries()) {
    names.add(param.name, NAME, `${path}[${i}].name`)
    if (!VALUE_TYPES.includes(param.type)) failManifest(`${path}[${i}].type`, VALUE_TYPES.join(', '), JSON.stringify(param.type))
  }
}

function validateSize(manifest: Manifest, most: number): void {
  let size: number
  try {
    size = encodeManifest(manifest).length
  } catch (error) {
    if (!FoldbError.is(error)) throw error
    return failManifest(String(error.fields['path']), String(error.fields['expected']), String(error.fields['got']))
  }
  if (size > most) failManifest('manifest', `at most ${most} bytes as CBOR`, `${size}`)
}
