/** Frontend messages of PostgreSQL's protocol 3.0, written one after another into one growing buffer. */

const encoder = new TextEncoder()

export const COPY_DATA = 0x64

/** Message types as their ASCII letters: https://www.postgresql.org/docs/18/protocol-message-formats.html */
const QUERY = 0x51
const PARSE = 0x50
const BIND = 0x42
const DESCRIBE = 0x44
const EXECUTE = 0x45
const SYNC = 0x53
const COPY_DONE = 0x63
const COPY_FAIL = 0x66

/** A parameter as text, as binary, or null. */
export type WireParam = string | Uint8Array | null

export class WireWriter {
  bytes: Uint8Array<ArrayBuffer> = new Uint8Array(1 << 12)
  view: DataView = new DataView(this.bytes.buffer)
  length = 0

  /** Makes room for `count` more bytes. */
  reserve(count: number): void {
    if (this.length + count <= this.bytes.length) return
    const grown = new Uint8Array(Math.max(2 * this.bytes.length, this.length + count))
    grown.set(this.bytes.subarray(0, this.length))
    this.bytes = grown
    this.view = new DataView(grown.buffer)
  }

  uint8(value: number): void {
    this.reserve(1)
    this.bytes[this.length++] = value
  }

  int16(value: number): void {
    this.reserve(2)
    this.view.setInt16(this.length, value)
    this.length += 2
  }

  int32(value: number): void {
    this.reserve(4)
    this.view.setInt32(this.length, value)
    this.length += 4
  }

  int64(value: bigint): void {
    this.reserve(8)
    this.view.setBigInt64(this.length, value)
    this.length += 8
  }

  float64(value: number): void {
    this.reserve(8)
    this.view.setFloat64(this.length, value)
    this.length += 8
  }

  raw(bytes: Uint8Array): void {
    this.reserve(bytes.length)
    this.bytes.set(bytes, this.length)
    this.length += bytes.length
  }

  /** UTF-8, without a length and without an end. */
  text(value: string): void {
    this.reserve(3 * value.length)
    this.length += encoder.encodeInto(value, this.bytes.subarray(this.length)).written
  }

  cstring(value: string): void {
    this.text(value)
    this.uint8(0)
  }

  /** Leaves four bytes for the length of what follows. */
  open(): number {
    this.reserve(4)
    this.length += 4
    return this.length
  }

  /** Writes the length of what followed `open`, and of the length itself when it counts as well. */
  close(start: number, ownBytes: 0 | 4 = 0): void {
    this.view.setInt32(start - 4, this.length - start + ownBytes)
  }

  begin(type: number): number {
    this.uint8(type)
    return this.open()
  }

  end(start: number): void {
    this.close(start, 4)
  }

  query(sql: string): void {
    const start = this.begin(QUERY)
    this.cstring(sql)
    this.end(start)
  }

  parse(statement: string, sql: string, types: readonly number[] = []): void {
    const start = this.begin(PARSE)
    this.cstring(statement)
    this.cstring(sql)
    this.int16(types.length)
    for (const type of types) this.int32(type)
    this.end(start)
  }

  describeStatement(statement: string): void {
    const start = this.begin(DESCRIBE)
    this.uint8(0x53)
    this.cstring(statement)
    this.end(start)
  }

  /** Binds the unnamed portal; text parameters travel as text, bytes as binary, results as text. */
  bind(statement: string, params: readonly WireParam[]): void {
    const start = this.begin(BIND)
    this.cstring('')
    this.cstring(statement)
    this.int16(params.length)
    for (const param of params) this.int16(param instanceof Uint8Array ? 1 : 0)
    this.int16(params.length)
    for (const param of params) this.#param(param)
    this.int16(0)
    this.end(start)
  }

  #param(param: WireParam): void {
    if (param === null) return this.int32(-1)
    const start = this.open()
    if (typeof param === 'string') this.text(param)
    else this.raw(param)
    this.close(start)
  }

  /** Runs the unnamed portal; 0 rows means all. */
  execute(rowsMax = 0): void {
    const start = this.begin(EXECUTE)
    this.cstring('')
    this.int32(rowsMax)
    this.end(start)
  }

  sync(): void {
    this.end(this.begin(SYNC))
  }

  copyDone(): void {
    this.end(this.begin(COPY_DONE))
  }

  /** Ends a COPY that was never meant; a backend that copies nothing ignores it. */
  copyFail(reason: string): void {
    const start = this.begin(COPY_FAIL)
    this.cstring(reason)
    this.end(start)
  }

  /** What was written, valid until the next write; the writer starts again. */
  take(): Uint8Array<ArrayBuffer> {
    const taken = this.bytes.subarray(0, this.length)
    this.length = 0
    return taken
  }
}
