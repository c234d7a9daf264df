/** What a mirror and its owner say to each other across threads. */
import { Fault, FoldbError } from '@foldb/abi'
import type { ErrorFields } from '@foldb/abi'
import type { QueryResult } from '@foldb/derivation-core'
import type { TableBatch } from './change-batch.ts'
import type { MirrorOptions } from './mirror-database.ts'

/** The part of a MessagePort, Worker or worker's global scope that is used. */
export interface MirrorPort {
  postMessage(message: unknown, transfer: ArrayBuffer[]): void
  /** Set to a function that gets `{ data }`; optional because the types of Node's ports leave it out. */
  onmessage?: unknown
}

export type MirrorRequest =
  | { readonly kind: 'open'; readonly id: number; readonly options: MirrorOptions }
  | { readonly kind: 'write'; readonly id: number; readonly batches: readonly TableBatch[] }
  | { readonly kind: 'query'; readonly id: number; readonly text: string; readonly params: readonly unknown[] }
  | { readonly kind: 'close'; readonly id: number }

export type MirrorReply =
  | { readonly kind: 'done'; readonly id: number; readonly result: QueryResult | undefined }
  | { readonly kind: 'failed'; readonly id: number; readonly error: SentError }

/** An error in a form that can be cloned. */
export interface SentError {
  readonly fault: boolean
  readonly code: string
  readonly text: string
  readonly fields: ErrorFields
}

/** Whatever was thrown; what is not ours is a fault. */
export function sendError(error: unknown): SentError {
  if (!FoldbError.is(error)) return { fault: true, code: 'mirror-failed', text: `the mirror broke: ${String(error)}`, fields: {} }
  return { fault: error.name === 'Fault', code: error.code, text: error.message, fields: error.fields }
}

export function receiveError({ fault, code, text, fields }: SentError): FoldbError {
  return fault ? new Fault(code, text, { fields }) : new FoldbError(code, text, { fields })
}
