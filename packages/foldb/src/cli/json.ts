/** One JSON object on standard output, without losing a digit. */

/** Integers beyond ±(2^53−1) become texts, bytes `{"$bytes": base64}`, non-finite floats `{"$float": name}`. */
export function printJson(value: unknown): void {
  process.stdout.write(`${toJson(value)}\n`)
}

export function toJson(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) => {
    if (typeof item === 'bigint') return item.toString()
    if (typeof item === 'number' && !Number.isFinite(item)) return { $float: String(item) }
    if (item instanceof Uint8Array) return { $bytes: Buffer.from(item).toString('base64') }
    return item
  })
}
