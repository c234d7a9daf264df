/**
 * Guards the border between host and guest while a call runs: when the guest may call out, what its failures mean, and that a broken host
 * is never taken for a trap. protocol.md §13.
 */
import { DbError, Fault, FoldbError } from '@foldb/abi'
import { GuestTrap, type ReducerHost } from '@foldb/derivation-core'

export class Gate {
  #host: ReducerHost | undefined
  #open = false
  #failure: { readonly error: unknown } | undefined
  #trap: GuestTrap | undefined

  /** The host of the running call. @throws GuestTrap outside `init` and `reduce` */
  get host(): ReducerHost {
    if (!this.#open || this.#host === undefined) throw new GuestTrap('a host function was called outside init and reduce')
    return this.#host
  }

  /** Forgets the last call. Host functions still trap. */
  prepare(host: ReducerHost | undefined): void {
    this.#host = host
    this.#open = false
    this.#failure = undefined
    this.#trap = undefined
  }

  /** Runs the guest's code with host functions allowed. */
  enter<T>(run: () => T): T {
    this.#open = true
    try {
      return run()
    } finally {
      this.#open = false
    }
  }

  /** Runs the guest's allocator: host functions trap in it, and its failure is the guest's own. */
  allocate(run: () => number): number {
    const wasOpen = this.#open
    this.#open = false
    try {
      return run()
    } catch (error) {
      if (error instanceof WebAssembly.RuntimeError) throw new GuestTrap(`cabi_realloc: ${error.message}`)
      throw error
    } finally {
      this.#open = wasOpen
    }
  }

  /** The one wrapper of every host function: a refusal is data, a trap is a trap, and anything else stops the fold. */
  guard<A extends number[], R>(run: (...args: A) => R, refused?: (error: DbError, args: A) => R): (...args: A) => R {
    return (...args) => {
      try {
        try {
          return run(...args)
        } catch (error) {
          if (refused === undefined || !DbError.is(error)) throw error
          return refused(error, args)
        }
      } catch (error) {
        if (error instanceof GuestTrap) this.#trap ??= error
        else this.#failure ??= { error }
        throw error
      }
    }
  }

  /** Throws what broke in the host during the call, whatever the guest made of it. @throws Fault */
  rethrowFailure(): void {
    if (this.#failure !== undefined) throw asFault(this.#failure.error)
  }

  /**
   * The trap that a thrown error stands for.
   * @throws Fault when it is no trap: out of memory, the engine's stack, a bug.
   */
  trapOf(error: unknown): GuestTrap | WebAssembly.RuntimeError {
    this.rethrowFailure()
    if (this.#trap !== undefined) return this.#trap
    if (error instanceof GuestTrap || error instanceof WebAssembly.RuntimeError) return error
    throw asFault(error)
  }

  /** A trap that a host function raised, although the guest went on. */
  get hiddenTrap(): GuestTrap | undefined {
    return this.#trap
  }
}

function asFault(error: unknown): unknown {
  if (FoldbError.is(error)) return error
  const text = error instanceof Error ? error.message : String(error)
  if (error instanceof Error && /maximum call stack|too much recursion/i.test(text)) {
    return new Fault(
      'engine-stack',
      `the engine's stack is full: expected room for the reducer's calls, got ${JSON.stringify(text)}; run it with a larger stack`,
      { cause: error },
    )
  }
  return new Fault('host-failure', `the host failed while the reducer ran: ${text}`, { cause: error })
}
