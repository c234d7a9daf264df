/** A reducer written in JavaScript, for tests of whatever drives a reducer: it runs in the host and is trusted. */
import { DbError, type Digest, type Manifest, type Outcome, type Value } from '@foldb/abi'
import { sha256 } from '@foldb/state-tree'

import { type Call, GuestTrap, type Reducer, type ReducerHost, type ReducerMessage } from '../ports.ts'

/** Thrown by a handler to reject the message. */
export class Rejection extends Error {
  readonly code: string

  constructor(code: string) {
    super(code)
    this.name = 'Rejection'
    this.code = code
  }
}

export interface NativeReducerOptions {
  readonly manifest: Manifest
  readonly usesSql?: boolean
  init?(args: readonly Value[], host: ReducerHost): void
  /** One function a message kind. */
  readonly handlers: Readonly<Record<string, (message: ReducerMessage, host: ReducerHost) => void>>
  onDispose?(): void
}

function outcomeOf(run: () => void): Outcome {
  try {
    run()
    return { status: 'applied' }
  } catch (error) {
    if (error instanceof Rejection) return { status: 'rejected', code: error.code }
    if (DbError.is(error)) return { status: 'rejected', code: `sql-${error.sqlstate.toLowerCase()}` }
    if (error instanceof GuestTrap) return { status: 'trapped', code: 'trap' }
    throw error
  }
}

/** SHA-256 of the manifest's name and version stands for the component's. */
function digestOf({ name, version }: Manifest): Digest {
  return sha256(new TextEncoder().encode(`${name} ${version}`))
}

/**
 * A reducer of plain functions. A Rejection or DbError that a handler throws rejects the message, a GuestTrap traps, anything else is
 * a broken host.
 *
 * @example
 * createNativeReducer({ manifest, handlers: { add: ({ args }, { tables }) => tables.put('sums', [1, args[0]]) } })
 */
export function createNativeReducer(options: NativeReducerOptions): Reducer {
  const answer = (run: () => void): Call => ({ outcome: outcomeOf(run), fuel: 0n })
  return {
    digest: digestOf(options.manifest),
    manifest: options.manifest,
    usesSql: options.usesSql ?? false,
    init: (args, host) => answer(() => options.init?.(args, host)),
    reduce: (message, host) => answer(() => options.handlers[message.kind]!(message, host)),
    [Symbol.dispose]: () => options.onDispose?.(),
  }
}
