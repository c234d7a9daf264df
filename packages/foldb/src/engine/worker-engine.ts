/** The fold in a worker: each call is a numbered message, each answer carries its number. */
import { Fault, FoldbError } from '@foldb/abi'
import type { WorkerHandle } from '#platform'
import {
  type ChangeSet,
  type Engine,
  type EngineStatus,
  type LogLine,
  type OpenAnswer,
  type OpenRequest,
  type PackedMessages,
} from './engine.ts'
import { fromWire, type WireError } from './wire-error.ts'

export interface Ask {
  readonly id: number
  readonly method: keyof Engine
  readonly param: unknown
}

export type Answer =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly error: WireError }
  | { readonly log: LogLine }

interface Waiting {
  resolve(result: never): void
  reject(error: unknown): void
}

export class WorkerEngine implements Engine {
  readonly #worker: WorkerHandle
  readonly #waiting = new Map<number, Waiting>()
  readonly #onLog: (line: LogLine) => void
  #next = 0
  #dead: FoldbError | undefined

  constructor(worker: WorkerHandle, onLog: (line: LogLine) => void) {
    this.#worker = worker
    this.#onLog = onLog
    worker.onMessage((answer) => this.#receive(answer as Answer))
    worker.onExit((reason) => this.#fail(new Fault('worker-failed', `the fold's worker ended: ${reason}; derive the state again`)))
  }

  open(request: OpenRequest): Promise<OpenAnswer> {
    return this.#ask('open', request)
  }

  apply(messages: PackedMessages): Promise<EngineStatus> {
    return this.#ask('apply', messages, [messages.bytes.buffer, messages.lengths.buffer])
  }

  status(): Promise<EngineStatus> {
    return this.#ask('status')
  }

  checkpoint(): ReturnType<Engine['checkpoint']> {
    return this.#ask('checkpoint')
  }

  changes(): Promise<ChangeSet> {
    return this.#ask('changes')
  }

  everything(): Promise<ChangeSet> {
    return this.#ask('everything')
  }

  verdict(): ReturnType<Engine['verdict']> {
    return this.#ask('verdict')
  }

  async close(): Promise<void> {
    this.#dead ??= new FoldbError('closed', 'the derivation is closed; derive the state again')
    await this.#worker.terminate()
    this.#fail(this.#dead)
  }

  #ask<T>(method: keyof Engine, param?: unknown, transfer: readonly ArrayBuffer[] = []): Promise<T> {
    if (this.#dead !== undefined) return Promise.reject(this.#dead)
    const id = this.#next++
    return new Promise<T>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      this.#worker.hold(true)
      this.#worker.post({ id, method, param } satisfies Ask, transfer)
    })
  }

  #receive(answer: Answer): void {
    if ('log' in answer) return this.#onLog(answer.log)
    const waiting = this.#waiting.get(answer.id)
    this.#waiting.delete(answer.id)
    if (this.#waiting.size === 0) this.#worker.hold(false)
    if ('error' in answer) waiting?.reject(fromWire(answer.error))
    else waiting?.resolve(answer.result as never)
  }

  #fail(error: FoldbError): void {
    this.#dead ??= error
    for (const waiting of this.#waiting.values()) waiting.reject(error)
    this.#waiting.clear()
  }
}
