/** Errors that cross a worker's boundary: structured clone would lose their class, code and fields. */
import { Fault, FoldbError } from '@foldb/abi'

export interface WireError {
  readonly fault: boolean
  readonly code: string
  readonly text: string
  readonly fields: Readonly<Record<string, unknown>>
  readonly stack: string | undefined
}

export function toWire(error: unknown): WireError {
  if (FoldbError.is(error)) {
    return { fault: error.name === 'Fault', code: error.code, text: error.message, fields: { ...error.fields }, stack: error.stack }
  }
  const { message, stack } = error instanceof Error ? error : new Error(String(error))
  return { fault: true, code: 'worker-failed', text: `the fold failed: ${message}`, fields: {}, stack }
}

export function fromWire(wire: WireError): FoldbError {
  const options = { fields: wire.fields, cause: wire.stack }
  return wire.fault ? new Fault(wire.code, wire.text, options) : new FoldbError(wire.code, wire.text, options)
}
