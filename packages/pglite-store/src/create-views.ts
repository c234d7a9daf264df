/** Views of a manifest, for people: each one SELECT, run as whoever reads it. */
import { FoldbError, type View } from '@foldb/abi'
import type { Client } from './client.ts'
import { firstKeyword } from './first-keyword.ts'
import { PgError } from './pg-error.ts'
import { RESTRICTED } from './reader-role.ts'
import { quote } from './sql-text.ts'

const SELECTS: ReadonlySet<string> = new Set(['select', 'with', 'values', 'table'])

/**
 * Creates the views in declared order.
 * @throws FoldbError `bad-view` naming the first that is not one SELECT, or that PostgreSQL refuses.
 */
export function createViews(client: Client, reader: number, views: readonly View[]): void {
  for (const view of views) {
    try {
      createView(client, reader, view)
    } catch (error) {
      if (error instanceof PgError) throw badView(view, `${error.message} (sqlstate ${error.sqlstate})`, error)
      throw error
    }
  }
}

/**
 * The text is first parsed alone, by a role without rights in a read-only transaction: what is one statement alone and still one behind
 * CREATE VIEW cannot be anything but the view's query.
 */
function createView(client: Client, reader: number, view: View): void {
  if (view.query.includes('\0') || !view.query.isWellFormed()) throw badView(view, 'expected well-formed text without U+0000')
  if (!SELECTS.has(firstKeyword(view.query))) throw badView(view, 'expected one SELECT')
  client.run('begin read only')
  try {
    client.module._SetUserIdAndSecContext(reader, RESTRICTED)
    const { params } = client.prepare('', view.query)
    if (params.length > 0) throw badView(view, `expected no parameters, got ${params.length}`)
  } finally {
    client.run('rollback')
  }
  client.prepare('', `create view public.${quote(view.name)} with (security_invoker) as ${view.query}`)
  client.execute('', [])
  client.run(`alter view public.${quote(view.name)} owner to foldb_views`)
}

function badView(view: View, reason: string, cause?: unknown): FoldbError {
  return new FoldbError('bad-view', `bad view ${JSON.stringify(view.name)}: ${reason}`, { fields: { view: view.name }, cause })
}
