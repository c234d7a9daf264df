/** Backend messages of PostgreSQL's protocol 3.0: rows, the number of rows touched, errors. */
import { PgError } from './pg-error.ts'

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

const ROW_DESCRIPTION = 0x54
const DATA_ROW = 0x44
const COMMAND_COMPLETE = 0x43
const ERROR = 0x45
const PARAMETERS = 0x74

export interface Field {
  readonly name: string
  readonly oid: number
}

/** A value of one row: null, or its bytes, valid until the next request. */
export type Cell = Uint8Array | null

/** All that one request brought back. */
export interface Reply {
  fields: readonly Field[] | undefined
  params: readonly number[]
  rows: Cell[][]
  /** Command tags such as `DELETE 3`, one per statement. */
  tags: string[]
  error: PgError | undefined
}

/** Reads a whole answer. The backend is our own process, so lengths are trusted. */
export function readReply(bytes: Uint8Array): Reply {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const reply: Reply = { fields: undefined, params: [], rows: [], tags: [], error: undefined }
  let at = 0
  while (at < bytes.length) {
    const end = at + 1 + view.getInt32(at + 1)
    readMessage(
      reply,
      bytes[at] as number,
      bytes.subarray(at + 5, end),
      new DataView(bytes.buffer, bytes.byteOffset + at + 5, end - at - 5),
    )
    at = end
  }
  return reply
}

function readMessage(reply: Reply, type: number, body: Uint8Array, view: DataView): void {
  switch (type) {
    case DATA_ROW:
      reply.rows.push(readRow(body, view))
      break
    case ROW_DESCRIPTION:
      reply.fields = readFields(body, view)
      break
    case COMMAND_COMPLETE:
      reply.tags.push(decoder.decode(body.subarray(0, -1)))
      break
    case ERROR:
      reply.error ??= readError(body)
      break
    case PARAMETERS:
      reply.params = Array.from({ length: view.getInt16(0) }, (_, i) => view.getInt32(2 + 4 * i))
      break
    default:
  }
}

function readRow(body: Uint8Array, view: DataView): Cell[] {
  const count = view.getInt16(0)
  const row = new Array<Cell>(count)
  let at = 2
  for (let i = 0; i < count; i++) {
    const length = view.getInt32(at)
    at += 4
    row[i] = length < 0 ? null : body.subarray(at, at + length)
    if (length > 0) at += length
  }
  return row
}

function readFields(body: Uint8Array, view: DataView): Field[] {
  const fields: Field[] = []
  let at = 2
  for (let i = view.getInt16(0); i > 0; i--) {
    const end = body.indexOf(0, at)
    // After the name: table oid (4), column number (2), type oid (4), type size (2), modifier (4), format (2).
    fields.push({ name: decoder.decode(body.subarray(at, end)), oid: view.getInt32(end + 7) })
    at = end + 19
  }
  return fields
}

function readError(body: Uint8Array): PgError {
  const fields = new Map<string, string>()
  let at = 0
  while (body[at] !== 0) {
    const end = body.indexOf(0, at)
    fields.set(String.fromCharCode(body[at] as number), decoder.decode(body.subarray(at + 1, end)))
    at = end + 1
  }
  return new PgError(fields)
}
