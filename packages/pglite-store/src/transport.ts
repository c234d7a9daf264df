/** Bytes to PostgreSQL and its answer, synchronously: callbacks of our own in place of PGlite's, so that no failure is swallowed. */
import { Fault, FoldbError } from '@foldb/abi'
import type { PostgresModule } from './postgres-module.ts'

/** What PGlite's `siglongjmp` into the main loop throws. */
const LONG_JUMP = 100
const FIRST_ANSWER_BYTES = 1 << 16
/** An answer larger than this is not kept for the next one. */
const KEPT_ANSWER_BYTES = 1 << 22
/** The rest of a longer answer is dropped and the statement failed. */
const ANSWER_BYTES_MAX = 1 << 28

export class Transport {
  readonly #module: PostgresModule
  #request: Uint8Array = new Uint8Array(0)
  #read = 0
  #answer: Uint8Array = new Uint8Array(FIRST_ANSWER_BYTES)
  #written = 0
  #overflow = false
  #dead: Fault | undefined

  constructor(module: PostgresModule) {
    this.#module = module
    const read = module.addFunction((pointer, max) => this.#give(pointer, max), 'ipi')
    const write = module.addFunction((pointer, length) => this.#take(pointer, length), 'ipi')
    module._pgl_set_rw_cbs(read, write)
  }

  /**
   * Runs whole protocol messages and gives the answer, valid until the next call.
   * @throws Fault `postgres-died` when the engine under PostgreSQL broke; every later call throws it again.
   * @throws FoldbError `query-failed` with sqlstate 54000 when the answer is longer than 256 MiB.
   */
  send(request: Uint8Array): Uint8Array {
    if (this.#dead !== undefined) throw this.#dead
    if (this.#answer.length > KEPT_ANSWER_BYTES) this.#answer = new Uint8Array(FIRST_ANSWER_BYTES)
    this.#request = request
    this.#read = 0
    this.#written = 0
    this.#overflow = false
    const module = this.#module
    try {
      while (this.#read < request.length || module._pq_buffer_remaining_data() > 0) this.#step()
      module._PostgresSendReadyForQueryIfNecessary()
      module._pgl_pq_flush()
    } catch (cause) {
      this.#dead = new Fault('postgres-died', `PostgreSQL died: ${String(cause).slice(0, 200)}; open the database again`, { cause })
      throw this.#dead
    }
    if (this.#overflow) throw tooLong()
    return this.#answer.subarray(0, this.#written)
  }

  #step(): void {
    const module = this.#module
    const stack = module.stackSave()
    try {
      module._PostgresMainLoopOnce()
    } catch (error) {
      if ((error as { status?: unknown } | null)?.status !== LONG_JUMP) throw error
      module.stackRestore(stack)
      module._PostgresMainLongJmp()
    }
  }

  #give(pointer: number, max: number): number {
    const length = Math.min(max, this.#request.length - this.#read)
    this.#module.HEAPU8.set(this.#request.subarray(this.#read, this.#read + length), pointer)
    this.#read += length
    return length
  }

  #take(pointer: number, length: number): number {
    const end = this.#written + length
    if (end > ANSWER_BYTES_MAX) {
      this.#overflow = true
      return length
    }
    if (end > this.#answer.length) {
      const grown = new Uint8Array(Math.max(2 * this.#answer.length, end))
      grown.set(this.#answer.subarray(0, this.#written))
      this.#answer = grown
    }
    this.#answer.set(this.#module.HEAPU8.subarray(pointer, pointer + length), this.#written)
    this.#written = end
    return length
  }
}

function tooLong(): FoldbError {
  const text = `query failed: an answer longer than ${ANSWER_BYTES_MAX} bytes (sqlstate 54000); select less`
  return new FoldbError('query-failed', text, { fields: { sqlstate: '54000', bytesMax: ANSWER_BYTES_MAX } })
}
