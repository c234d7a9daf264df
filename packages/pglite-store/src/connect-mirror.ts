/** The near side of a mirror in a worker: batches go over while the caller works on, queries wait for what went before. */
import { Fault, FoldbError } from '@foldb/abi'
import type { QueryResult, RelationalMirror, RowChange } from '@foldb/derivation-core'
import { PendingChanges, type TableBatch } from './change-batch.ts'
import { BATCH_KEYS } from './mirror.ts'
import { closedMirror } from './mirror-closed.ts'
import type { MirrorOptions } from './mirror-database.ts'
import { type MirrorPort, type MirrorReply, type MirrorRequest, receiveError } from './mirror-messages.ts'

/** A mirror whose PostgreSQL starts and works elsewhere. */
export interface ConnectedMirror extends RelationalMirror {
  /** Settles when PostgreSQL has started with all tables and views; queries wait for it by themselves. */
  readonly ready: Promise<void>
  /** Makes every waiting and later call throw; for whoever owns the worker and saw it die. */
  fail(cause: unknown): void
}

/** How the owner of the worker follows along. */
export interface MirrorOwner {
  /** Somebody began to wait for an answer. */
  busy?(): void
  /** Nobody waits any more. */
  idle?(): void
  /** The mirror is closed, or will never answer again. */
  ended?(): Promise<unknown>
}

/** Batches that may be on their way before changes are kept back, where those of one key melt into one. */
const BATCHES_ON_THE_WAY = 4

interface Waiting {
  resolve(result: QueryResult | undefined): void
  reject(error: unknown): void
}

/**
 * Opens a mirror at the other end of a port that `serveMirror` serves. Gives it back at once: changes can be applied and queries sent
 * while PostgreSQL starts.
 */
export function connectMirror(port: MirrorPort, options: MirrorOptions, owner: MirrorOwner = {}): ConnectedMirror {
  return new RemoteMirror(port, options, owner)
}

class RemoteMirror implements ConnectedMirror {
  readonly ready: Promise<void>
  readonly #port: MirrorPort
  readonly #owner: MirrorOwner
  readonly #pending: PendingChanges
  readonly #waiting = new Map<number, Waiting>()
  readonly #writes = new Set<number>()
  #position = 0
  #lastId = 0
  #broken: unknown
  #closing: Promise<void> | undefined

  constructor(port: MirrorPort, options: MirrorOptions, owner: MirrorOwner) {
    this.#port = port
    this.#owner = owner
    this.#pending = new PendingChanges(options.tables)
    port.onmessage = (event: { readonly data: unknown }): void => this.#receive(event.data as MirrorReply)
    const { tables, views = [], rowsMax, memoryMiB, wasmModule } = options
    const wanted = { tables, views, rowsMax, memoryMiB, wasmModule } as MirrorOptions
    this.ready = this.#ask((id) => ({ kind: 'open', id, options: wanted })).then(() => undefined)
    this.ready.catch((error: unknown) => (this.#broken ??= error))
  }

  get position(): number {
    return this.#position
  }

  apply(changes: readonly RowChange[], position: number): void {
    this.#check()
    this.#pending.add(changes)
    this.#position = position
    if (this.#pending.size >= BATCH_KEYS && this.#writes.size < BATCHES_ON_THE_WAY) this.#flush()
  }

  async query(text: string, params: readonly unknown[] = []): Promise<QueryResult> {
    this.#check()
    this.#flush()
    return (await this.#ask((id) => ({ kind: 'query', id, text, params }))) as QueryResult
  }

  fail(cause: unknown): void {
    this.#broken ??= FoldbError.is(cause)
      ? cause
      : new Fault('mirror-failed', `the mirror's worker ended: ${String(cause)}; open another`, { cause })
    for (const { reject } of this.#waiting.values()) reject(this.#broken)
    this.#waiting.clear()
    this.#owner.idle?.()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing ??= this.#close()
    await this.#closing
  }

  async #close(): Promise<void> {
    try {
      if (this.#broken === undefined) await this.#ask((id) => ({ kind: 'close', id }))
    } catch {
      // A worker that died while it closed is closed.
    }
    this.fail(closedMirror())
    await this.#owner.ended?.()
  }

  #check(): void {
    if (this.#closing !== undefined) throw closedMirror()
    if (this.#broken !== undefined) throw this.#broken
  }

  #flush(): void {
    if (this.#pending.size === 0) return
    try {
      const batches = this.#pending.take()
      const id = ++this.#lastId
      this.#writes.add(id)
      this.#send({ kind: 'write', id, batches }, buffersOf(batches))
    } catch (error) {
      this.#broken ??= error
      throw error
    }
  }

  #ask(request: (id: number) => MirrorRequest): Promise<QueryResult | undefined> {
    return new Promise((resolve, reject) => {
      const id = ++this.#lastId
      if (this.#waiting.size === 0) this.#owner.busy?.()
      this.#waiting.set(id, { resolve, reject })
      try {
        this.#send(request(id), [])
      } catch (cause) {
        const text = 'bad parameter: expected values that can be sent to another thread'
        this.#settle(id)?.reject(new FoldbError('bad-parameter', text, { cause }))
      }
    })
  }

  #send(request: MirrorRequest, transfer: ArrayBuffer[]): void {
    this.#port.postMessage(request, transfer)
  }

  #receive(reply: MirrorReply): void {
    if (this.#writes.delete(reply.id)) {
      if (reply.kind === 'failed') this.#broken ??= receiveError(reply.error)
      else if (this.#pending.size >= BATCH_KEYS && this.#broken === undefined) this.#flush()
      return
    }
    const waiting = this.#settle(reply.id)
    if (reply.kind === 'failed') waiting?.reject(receiveError(reply.error))
    else waiting?.resolve(reply.result)
  }

  #settle(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id)
    this.#waiting.delete(id)
    if (this.#waiting.size === 0) this.#owner.idle?.()
    return waiting
  }
}

function buffersOf(batches: readonly TableBatch[]): ArrayBuffer[] {
  return batches.flatMap(({ copy, deletes }) => [copy.buffer, ...deletes.map(({ buffer }) => buffer)])
}
