/** The schema of a reducer as bytes, and its digest: protocol.md §6. Records are maps of the WIT's names. */
import type { Column, Condition, Digest, Index, Manifest, Operand, Param, Table } from '@foldb/abi'
import { taggedHash } from '@foldb/state-tree'
import { encodeCbor } from './cbor-encode.ts'
import type { CborValue } from './cbor-value.ts'

const hashSchema = taggedHash('foldb/schema/v1')

/**
 * Canonical bytes of a manifest's tables; name, version, views, kinds and verdict are not in them.
 * @throws FoldbError `bad-cbor` when a constant is no value of the protocol; a validated manifest has none.
 */
export function encodeTables(tables: readonly Table[]): Uint8Array {
  return encodeCbor(tables.map(tableRecord))
}

/** H('foldb/schema/v1', bytes of the tables): what a state root says about the schema. */
export function schemaDigest(tables: readonly Table[]): Digest {
  return hashSchema(encodeTables(tables))
}

/** Canonical bytes of a whole manifest: what `sizes.manifest` of a profile bounds, in every world alike. */
export function encodeManifest(manifest: Manifest): Uint8Array {
  const { name, version, tables, views, genesis, messages, verdict } = manifest
  return encodeCbor({
    name,
    version,
    tables: tables.map(tableRecord),
    views: views.map((view) => ({ name: view.name, query: view.query })),
    genesis: genesis.map(paramRecord),
    messages: messages.map((kind) => ({ name: kind.name, params: kind.params.map(paramRecord) })),
    verdict,
  })
}

function tableRecord(table: Table): CborValue {
  return {
    name: table.name,
    columns: table.columns.map(columnRecord),
    'primary-key': table.primaryKey,
    indexes: table.indexes.map(indexRecord),
    checks: table.checks.map(({ name, all }) => ({ name, all: all.map(conditionRecord) })),
    'foreign-keys': table.foreignKeys.map(({ name, columns, references }) => ({ name, columns, references })),
  }
}

function columnRecord({ name, type, nullable }: Column): CborValue {
  const { numeric } = typeof type === 'string' ? { numeric: undefined } : type
  return {
    name,
    nullable,
    type: numeric === undefined ? (type as string) : { numeric: { precision: numeric.precision, scale: numeric.scale } },
  }
}

function indexRecord({ name, columns, unique, where }: Index): CborValue {
  return { name, columns, unique, where: where.map(conditionRecord) }
}

function conditionRecord({ column, comparison, operand }: Condition): CborValue {
  return { column, comparison, operand: operandRecord(operand) }
}

function operandRecord(operand: Operand): CborValue {
  return 'constant' in operand ? { constant: operand.constant } : { column: operand.column }
}

function paramRecord({ name, type, nullable }: Param): CborValue {
  return { name, type, nullable }
}
