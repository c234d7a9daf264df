/** Checks a stranger's dump before a database is started from it. */
import { FoldbError } from '@foldb/abi'
import { readTar } from './read-tar.ts'

/** As the data directory names it, and as pg_control repeats it. */
const PG_VERSION = '18'
const PG_CONTROL_VERSION = 1800
const PG_CONTROL_BYTES = 8192
/** Directories without which PostgreSQL does not start. */
const PARTS = ['postgresql.conf', 'global/pg_control', 'global/pg_filenode.map', 'base/5/pg_filenode.map', 'base/5/PG_VERSION']

/**
 * Unpacks a dump and makes sure that it is a whole data directory of this PostgreSQL.
 * @throws FoldbError `bad-dump`
 */
export async function unpackDump(dump: Uint8Array<ArrayBuffer>, bytesMax: number): Promise<Uint8Array<ArrayBuffer>> {
  if (dump[0] !== 0x1f || dump[1] !== 0x8b) throw badDump('expected a gzip stream as export() gives it, got other bytes')
  const archive = await gunzip(dump, bytesMax)
  const files = readTar(archive)
  if (files === undefined) throw badDump('expected a whole tar archive, got a damaged one')
  const version = new TextDecoder().decode(files.get('PG_VERSION') ?? new Uint8Array(0)).trim()
  if (version !== PG_VERSION)
    throw badDump(`expected a data directory of PostgreSQL ${PG_VERSION}, got ${version === '' ? 'none' : version}`)
  for (const part of PARTS) if (!files.has(part)) throw badDump(`expected a whole data directory, got one without ${part}`)
  checkControl(files.get('global/pg_control') as Uint8Array)
  return archive
}

/** What went wrong with a dump; the store is as it was. */
export function badDump(reason: string, cause?: unknown): FoldbError {
  return new FoldbError('bad-dump', `bad dump: ${reason}; the store is unchanged`, { cause })
}

function checkControl(control: Uint8Array): void {
  if (control.length !== PG_CONTROL_BYTES) throw badDump(`expected pg_control of ${PG_CONTROL_BYTES} bytes, got ${control.length}`)
  const version = new DataView(control.buffer, control.byteOffset).getUint32(8, true)
  if (version !== PG_CONTROL_VERSION) throw badDump(`expected pg_control version ${PG_CONTROL_VERSION}, got ${version}`)
}

async function gunzip(packed: Uint8Array<ArrayBuffer>, bytesMax: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = []
  let length = 0
  const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip')).getReader()
  for (;;) {
    const chunk = await reader.read().catch((cause: unknown) => {
      throw badDump('expected a whole gzip stream, got a truncated or damaged one', cause)
    })
    if (chunk.done) break
    length += chunk.value.length
    if (length > bytesMax) {
      await reader.cancel()
      throw badDump(`expected at most ${bytesMax} bytes unpacked, got more`)
    }
    chunks.push(chunk.value)
  }
  const archive = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    archive.set(chunk, at)
    at += chunk.length
  }
  return archive
}
