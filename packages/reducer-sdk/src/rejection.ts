/** A reducer's refusal: data for the log, an exception only inside the guest. */

const CODE = /^[a-z0-9-]{1,64}$/

/** Thrown by `reject`; the message then changes nothing and its code becomes part of history. */
export class Rejection extends Error {
  readonly code: string

  constructor(code: string, text: string) {
    super(text)
    this.name = 'Rejection'
    this.code = code
  }
}

/**
 * Refuses the message: everything that it did is undone, and `code` becomes part of history. Never returns.
 * The text is for people and is not part of history.
 *
 * @throws TypeError (a trap) when the code is not `[a-z0-9-]`, 1 to 64 characters.
 * @example
 * const unit = db.units.get(args.unit) ?? reject('no-such-unit')
 * if (unit.owner !== message.sender) reject('not-your-unit', `unit ${unit.id} belongs to ${unit.owner}`)
 */
export function reject(code: string, text = ''): never {
  if (!CODE.test(code)) throw new TypeError(`expected a code of 1 to 64 characters a-z, 0-9 or -, got ${JSON.stringify(code)}`)
  throw new Rejection(code, text)
}
