/** A map ordered by byte string: sorted chunks, found by binary search; appending is cheap. */

const CHUNK_MAX = 256
const CHUNK_MERGE = 96

interface Chunk<V> {
  readonly keys: string[]
  readonly values: V[]
}

/** A place in the map: chunk and item. */
interface Place {
  readonly chunk: number
  readonly item: number
}

/** Number of leading items of a sorted list that are before `key`. */
function countBefore(keys: readonly string[], key: string): number {
  let low = 0
  let high = keys.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (keys[middle]! < key) low = middle + 1
    else high = middle
  }
  return low
}

/** Keys are byte strings; values are whatever they stand for. */
export class OrderedMap<V> {
  readonly #chunks: Chunk<V>[] = []
  #size = 0

  get size(): number {
    return this.#size
  }

  /** Adds a key, or replaces its value. */
  set(key: string, value: V): void {
    const last = this.#chunks.at(-1)
    if (last === undefined || last.keys.at(-1)! < key) {
      this.#append(last, key, value)
      return
    }
    const number = this.#chunkOf(key)
    const chunk = this.#chunks[number]!
    const item = countBefore(chunk.keys, key)
    if (chunk.keys[item] === key) {
      chunk.values[item] = value
      return
    }
    chunk.keys.splice(item, 0, key)
    chunk.values.splice(item, 0, value)
    this.#size++
    if (chunk.keys.length > CHUNK_MAX) this.#split(number)
  }

  /** Removes a key; says whether it was there. */
  delete(key: string): boolean {
    const number = this.#chunkOf(key)
    const chunk = this.#chunks[number]
    if (chunk === undefined) return false
    const item = countBefore(chunk.keys, key)
    if (chunk.keys[item] !== key) return false
    chunk.keys.splice(item, 1)
    chunk.values.splice(item, 1)
    this.#size--
    if (chunk.keys.length < CHUNK_MERGE) this.#shrink(number)
    return true
  }

  /** The values of at most `max` keys that start with `prefix`, in order. */
  startingWith(prefix: string, max: number): V[] {
    const found: V[] = []
    let { chunk, item } = this.#placeOf(prefix)
    while (found.length < max) {
      const { keys, values } = this.#chunks[chunk] ?? { keys: [], values: [] }
      const key = keys[item]
      if (key === undefined || !key.startsWith(prefix)) break
      found.push(values[item]!)
      if (++item === keys.length) [chunk, item] = [chunk + 1, 0]
    }
    return found
  }

  /** The values of the keys from `from` up to but not including `to`, in order or in reverse; at most `max` of them. */
  range(from: string | undefined, to: string | undefined, descending: boolean, max: number): V[] {
    const start = from === undefined ? { chunk: 0, item: 0 } : this.#placeOf(from)
    const end = to === undefined ? { chunk: this.#chunks.length, item: 0 } : this.#placeOf(to)
    return descending ? this.#backward(start, end, max) : this.#forward(start, end, max)
  }

  /** All keys and values in order. */
  *entries(): Generator<[key: string, value: V]> {
    for (const { keys, values } of this.#chunks) {
      for (let item = 0; item < keys.length; item++) yield [keys[item]!, values[item]!]
    }
  }

  #forward(start: Place, end: Place, max: number): V[] {
    const found: V[] = []
    for (let number = start.chunk; number <= end.chunk && found.length < max; number++) {
      const values = this.#chunks[number]?.values ?? []
      const first = number === start.chunk ? start.item : 0
      const stop = Math.min(number === end.chunk ? end.item : values.length, first + max - found.length)
      for (let item = first; item < stop; item++) found.push(values[item]!)
    }
    return found
  }

  #backward(start: Place, end: Place, max: number): V[] {
    const found: V[] = []
    for (let number = end.chunk; number >= start.chunk && found.length < max; number--) {
      const values = this.#chunks[number]?.values ?? []
      const first = number === start.chunk ? start.item : 0
      const stop = number === end.chunk ? end.item : values.length
      for (let item = stop - 1; item >= first && found.length < max; item--) found.push(values[item]!)
    }
    return found
  }

  /** The first chunk whose last key is not before `key`. */
  #chunkOf(key: string): number {
    let low = 0
    let high = this.#chunks.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#chunks[middle]!.keys.at(-1)! < key) low = middle + 1
      else high = middle
    }
    return low
  }

  /** The place of the first key that is not before `key`. */
  #placeOf(key: string): Place {
    const chunk = this.#chunkOf(key)
    const keys = this.#chunks[chunk]?.keys
    return { chunk, item: keys === undefined ? 0 : countBefore(keys, key) }
  }

  #append(last: Chunk<V> | undefined, key: string, value: V): void {
    if (last === undefined || last.keys.length === CHUNK_MAX) this.#chunks.push({ keys: [key], values: [value] })
    else {
      last.keys.push(key)
      last.values.push(value)
    }
    this.#size++
  }

  #split(number: number): void {
    const { keys, values } = this.#chunks[number]!
    const half = keys.length >>> 1
    this.#chunks.splice(number + 1, 0, { keys: keys.splice(half), values: values.splice(half) })
  }

  /** Drops an empty chunk, or joins a small one to the next when both stay small. */
  #shrink(number: number): void {
    const chunk = this.#chunks[number]!
    if (chunk.keys.length === 0) {
      this.#chunks.splice(number, 1)
      return
    }
    const next = this.#chunks[number + 1]
    if (next === undefined || chunk.keys.length + next.keys.length > 2 * CHUNK_MERGE) return
    chunk.keys.push(...next.keys)
    chunk.values.push(...next.values)
    this.#chunks.splice(number + 1, 1)
  }
}
