/** The far side of a mirror in a worker: one database, asked by messages, one after another. */
import { Fault } from '@foldb/abi'
import type { QueryResult } from '@foldb/derivation-core'
import { MirrorDatabase } from './mirror-database.ts'
import { type MirrorPort, type MirrorReply, type MirrorRequest, sendError } from './mirror-messages.ts'

/** Answers what `connectMirror` asks at the other end of the port, until it closes the mirror. */
export function serveMirror(port: MirrorPort): void {
  const server = new MirrorServer()
  let last: Promise<void> = Promise.resolve()
  port.onmessage = (event: { readonly data: unknown }): void => {
    const request = event.data as MirrorRequest
    last = last.then(() => server.answer(request)).then((reply) => port.postMessage(reply, []))
  }
}

class MirrorServer {
  #database: MirrorDatabase | undefined
  #broken: unknown

  async answer(request: MirrorRequest): Promise<MirrorReply> {
    try {
      return { kind: 'done', id: request.id, result: await this.#run(request) }
    } catch (error) {
      return { kind: 'failed', id: request.id, error: sendError(error) }
    }
  }

  async #run(request: MirrorRequest): Promise<QueryResult | undefined> {
    if (request.kind === 'open') {
      this.#database = await this.#breaking(() => MirrorDatabase.open(request.options))
      return undefined
    }
    const database = this.#database
    if (request.kind === 'close') {
      this.#database = undefined
      await database?.[Symbol.asyncDispose]()
      return undefined
    }
    if (this.#broken !== undefined) throw this.#broken
    if (database === undefined) throw new Fault('mirror-failed', `expected the mirror to be open before ${request.kind}`)
    if (request.kind === 'query') return database.query(request.text, request.params)
    await this.#breaking(async () => database.write(request.batches))
    return undefined
  }

  /** What fails to open or to write answers nothing any more. */
  async #breaking<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      this.#broken = error
      throw error
    }
  }
}
