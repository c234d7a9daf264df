/** Names in a manifest: which are well-formed, and which are taken: protocol.md §6. */
import { encodeUtf8 } from './utf8.ts'
import { failManifest } from './manifest-json.ts'

/** Columns, indexes, checks, foreign keys and views: at most 63 bytes, as PostgreSQL keeps them. */
export const SCHEMA_NAME: RegExp = /^[a-z][a-z0-9_]{0,62}$/
/** Tables are shorter, so that `<table>_pkey` is a name too. */
export const TABLE_NAME: RegExp = /^[a-z][a-z0-9_]{0,57}$/
/** Columns that PostgreSQL gives to every table. */
const SYSTEM_COLUMNS: ReadonlySet<string> = new Set(['tableoid', 'xmin', 'cmin', 'xmax', 'cmax', 'ctid'])
const SYSTEM_PREFIX = 'pg_'
const LABEL_BYTES_MAX = 128
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u001f\u007f]/

/** Names that must be distinct from each other. */
export class NameSet {
  private readonly paths = new Map<string, string>()
  private readonly expected: string

  constructor(expected: string) {
    this.expected = expected
  }

  /** Takes a name; refuses one that is malformed or taken. */
  add(name: string, pattern: RegExp, path: string): void {
    if (typeof name !== 'string' || !pattern.test(name)) failManifest(path, `a name like ${pattern.source}`, quote(name))
    const other = this.paths.get(name)
    if (other !== undefined) failManifest(path, this.expected, `${quote(name)}, as at ${other}`)
    this.paths.set(name, path)
  }

  addColumn(name: string, path: string): void {
    if (SYSTEM_COLUMNS.has(name)) failManifest(path, 'a name that PostgreSQL does not use for a system column', quote(name))
    this.add(name, SCHEMA_NAME, path)
  }

  /** The name of a table, an index or a view: PostgreSQL keeps them in one place, behind its own. */
  addRelation(name: string, path: string, pattern: RegExp = SCHEMA_NAME): void {
    if (typeof name === 'string' && name.startsWith(SYSTEM_PREFIX))
      failManifest(path, `a name that does not begin with ${SYSTEM_PREFIX}`, quote(name))
    this.add(name, pattern, path)
  }
}

/** A text for people: 1 to 128 bytes, no control characters. */
export function checkLabel(label: string, path: string): void {
  const size = typeof label === 'string' && !CONTROL.test(label) ? encodeUtf8(label)?.length : undefined
  if (size === undefined || size < 1 || size > LABEL_BYTES_MAX)
    failManifest(path, `1 to ${LABEL_BYTES_MAX} bytes of text without control characters`, quote(label))
}

/** A text that is not empty and that PostgreSQL can hold. */
export function checkText(text: string, path: string): void {
  if (typeof text !== 'string' || text === '' || text.includes('\0') || !text.isWellFormed())
    failManifest(path, 'well-formed text without U+0000, not empty', quote(text))
}

export function limit(count: number, most: number, path: string): void {
  if (count > most) failManifest(path, `at most ${most}`, `${count}`)
}

function quote(name: unknown): string {
  return typeof name === 'string' ? JSON.stringify(name.slice(0, 80)) : typeof name
}
