/** One call after the other, in the order in which they were made. */
export class Queue {
  #last: Promise<unknown> = Promise.resolve()

  run<T>(call: () => Promise<T>): Promise<T> {
    const next = this.#last.then(call, call)
    this.#last = next.catch(() => undefined)
    return next
  }
}
