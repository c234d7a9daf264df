/// Refusing a message. AssemblyScript has no exceptions, so an error nobody handles is kept, and decides the answer when the
/// handler returns: everything the handler did is undone then.

/// Why a message is refused.
export class Rejection {
  constructor(
    /// `[a-z0-9-]`, 1 to 64 characters; becomes part of history
    public code: string,
    /// for people; never part of history
    public message: string,
  ) {}
}

let pending: Rejection | null = null

/// The rejection a handler returns: `return reject('not-your-turn')`.
export function reject(code: string, message: string = ''): Rejection | null {
  return new Rejection(code, message)
}

/// Refuses the message whatever the handler returns; the first one counts.
export function refuse(code: string, message: string): void {
  if (pending === null) pending = new Rejection(code, message)
}

/// What was refused so far in this call.
export function refusal(): Rejection | null {
  return pending
}

/// Starts a call with nothing refused.
export function clearRefusal(): void {
  pending = null
}

/// A whole number as a narrower integer; refuses the message as `out-of-range` when it does not fit, and gives 0.
export function narrow<T>(wide: i64, what: string): T {
  const value = <T>wide
  if (<i64>value == wide) return value
  refuse('out-of-range', what + ' does not fit: ' + wide.toString())
  return <T>0
}
