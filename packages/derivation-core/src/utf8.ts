/** Text as UTF-8: short ASCII by hand, the rest fatal and with its byte order mark kept: protocol.md §2. */

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
/** Calling the decoder costs more than this many characters taken one by one. */
const SHORT = 32

/** UTF-8 of a text, or undefined when it has a lone surrogate. */
export function encodeUtf8(text: string): Uint8Array | undefined {
  return text.isWellFormed() ? encoder.encode(text) : undefined
}

/** The text of `bytes[start, end)`, or undefined when that is not UTF-8. The range must lie inside. */
export function decodeUtf8(bytes: Uint8Array, start: number, end: number): string | undefined {
  if (end - start > SHORT) return decodeLong(bytes, start, end)
  let text = ''
  for (let i = start; i < end; i++) {
    const code = bytes[i]!
    if (code > 127) return decodeLong(bytes, start, end)
    text += String.fromCharCode(code)
  }
  return text
}

function decodeLong(bytes: Uint8Array, start: number, end: number): string | undefined {
  try {
    return decoder.decode(bytes.subarray(start, end))
  } catch {
    return undefined
  }
}
