/** Reads a ustar archive, refusing whatever a data directory cannot contain. */

const BLOCK = 512
const decoder = new TextDecoder('utf-8', { fatal: true })

/** The regular files by path without a leading slash; undefined when the archive is damaged, cut off, or leads outside. */
export function readTar(archive: Uint8Array): Map<string, Uint8Array> | undefined {
  const files = new Map<string, Uint8Array>()
  let at = 0
  for (;;) {
    if (at + BLOCK > archive.length) return undefined
    const header = archive.subarray(at, at + BLOCK)
    if (header.every((byte) => byte === 0)) return files
    const size = octal(header, 124, 12)
    if (octal(header, 148, 8) !== checksum(header) || !(size <= archive.length - at - BLOCK)) return undefined
    const path = pathOf(header)
    if (path === undefined) return undefined
    const kind = header[156]
    if (kind === 0x30 || kind === 0) files.set(path, archive.subarray(at + BLOCK, at + BLOCK + size))
    else if (kind !== 0x35) return undefined
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK
  }
}

function pathOf(header: Uint8Array): string | undefined {
  const name = text(header, 0, 100)
  const prefix = text(header, 345, 155)
  if (name === undefined || prefix === undefined) return undefined
  const path = `${prefix === '' ? '' : `${prefix}/`}${name}`.replaceAll(/^\/+|\/+$/g, '')
  return path.split('/').includes('..') ? undefined : path
}

function text(header: Uint8Array, from: number, length: number): string | undefined {
  const field = header.subarray(from, from + length)
  const end = field.indexOf(0)
  try {
    return decoder.decode(end < 0 ? field : field.subarray(0, end))
  } catch {
    return undefined
  }
}

/** NaN for anything but octal digits. */
function octal(header: Uint8Array, from: number, length: number): number {
  const digits = (text(header, from, length) ?? '').trim()
  return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number.NaN
}

function checksum(header: Uint8Array): number {
  let sum = 0
  for (let i = 0; i < BLOCK; i++) sum += i >= 148 && i < 156 ? 0x20 : (header[i] as number)
  return sum
}
