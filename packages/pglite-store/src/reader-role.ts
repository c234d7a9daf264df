/** The role that people's queries run as: it comes with the template and owns nothing. */
import { Fault } from '@foldb/abi'
import type { Client } from './client.ts'

/** LOCAL_USERID_CHANGE | SECURITY_RESTRICTED_OPERATION: no other role, no temporary tables, no LISTEN, no cursors that are held. */
export const RESTRICTED = 3

/**
 * Its object id.
 * @throws Fault `bad-template` when the database was not made from the template of this package.
 */
export function readerRole(client: Client): number {
  const cell = client.run("select oid from pg_roles where rolname = 'foldb_reader'").rows[0]?.[0]
  if (cell === undefined || cell === null) throw new Fault('bad-template', 'expected the template to have the role foldb_reader')
  return Number(new TextDecoder().decode(cell))
}
