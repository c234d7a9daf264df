/** PostgreSQL's name and object id for each column type of a manifest. */
import type { ColumnType } from '@foldb/abi'

export interface TypeInfo {
  /** As DDL writes it. */
  readonly sql: string
  readonly oid: number
  readonly arrayOid: number
}

type PlainType = Exclude<ColumnType, object>

const PLAIN: Readonly<Record<PlainType, TypeInfo>> = {
  boolean: { sql: 'boolean', oid: 16, arrayOid: 1000 },
  smallint: { sql: 'smallint', oid: 21, arrayOid: 1005 },
  integer: { sql: 'integer', oid: 23, arrayOid: 1007 },
  bigint: { sql: 'bigint', oid: 20, arrayOid: 1016 },
  'double-precision': { sql: 'double precision', oid: 701, arrayOid: 1022 },
  text: { sql: 'text', oid: 25, arrayOid: 1009 },
  bytea: { sql: 'bytea', oid: 17, arrayOid: 1001 },
  uuid: { sql: 'uuid', oid: 2950, arrayOid: 2951 },
  date: { sql: 'date', oid: 1082, arrayOid: 1182 },
  timestamptz: { sql: 'timestamptz', oid: 1184, arrayOid: 1185 },
  jsonb: { sql: 'jsonb', oid: 3802, arrayOid: 3807 },
}

/** What PostgreSQL calls a column type. */
export function typeInfo(type: ColumnType): TypeInfo {
  if (typeof type !== 'object') return PLAIN[type]
  return { sql: `numeric(${type.numeric.precision}, ${type.numeric.scale})`, oid: 1700, arrayOid: 1231 }
}
