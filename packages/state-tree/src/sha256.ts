/** SHA-256 (FIPS 180-4) in scalar TypeScript: no allocation a block, and states that can be kept after a prefix. protocol.md §1. */
import type { Digest } from '@foldb/abi'

export const BLOCK_BYTES = 64

const ROUND_CONSTANTS = Int32Array.from([
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be,
  0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa,
  0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85,
  0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3,
  0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f,
  0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
])

/** The eight words before the first block. */
export const INITIAL_STATE: Int32Array = Int32Array.from([
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
])

const schedule = new Int32Array(64)
const working = new Int32Array(8)
const tail = new Uint8Array(2 * BLOCK_BYTES)

function expandBlock(bytes: Uint8Array, at: number): void {
  const w = schedule
  for (let i = 0, p = at; i < 16; i++, p += 4) {
    w[i] = (bytes[p]! << 24) | (bytes[p + 1]! << 16) | (bytes[p + 2]! << 8) | bytes[p + 3]!
  }
  for (let i = 16; i < 64; i++) {
    const x = w[i - 15]!
    const y = w[i - 2]!
    const small0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3)
    const small1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10)
    w[i] = (w[i - 16]! + small0 + w[i - 7]! + small1) | 0
  }
}

/** Takes one block of 64 bytes at `at` into `state`. */
export function compress(state: Int32Array, bytes: Uint8Array, at: number): void {
  expandBlock(bytes, at)
  const w = schedule
  const k = ROUND_CONSTANTS
  let a = state[0]!
  let b = state[1]!
  let c = state[2]!
  let d = state[3]!
  let e = state[4]!
  let f = state[5]!
  let g = state[6]!
  let h = state[7]!
  for (let i = 0; i < 64; i++) {
    const big1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7))
    const one = (h + big1 + (g ^ (e & (f ^ g))) + k[i]! + w[i]!) | 0
    const big0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))
    const two = (big0 + ((a & b) | (c & (a | b)))) | 0
    h = g
    g = f
    f = e
    e = (d + one) | 0
    d = c
    c = b
    b = a
    a = (one + two) | 0
  }
  state[0] = (state[0]! + a) | 0
  state[1] = (state[1]! + b) | 0
  state[2] = (state[2]! + c) | 0
  state[3] = (state[3]! + d) | 0
  state[4] = (state[4]! + e) | 0
  state[5] = (state[5]! + f) | 0
  state[6] = (state[6]! + g) | 0
  state[7] = (state[7]! + h) | 0
}

/** Pads as the standard says, 64-bit length included, and writes the digest. */
function finish(bytes: Uint8Array, from: number, totalBytes: number): Digest {
  const rest = bytes.length - from
  for (let i = 0; i < rest; i++) tail[i] = bytes[from + i]!
  const end = rest < BLOCK_BYTES - 8 ? BLOCK_BYTES : 2 * BLOCK_BYTES
  tail.fill(0, rest, end)
  tail[rest] = 0x80
  const high = Math.floor(totalBytes / 0x2000_0000)
  const low = (totalBytes % 0x2000_0000) * 8
  for (let i = 0; i < 4; i++) {
    tail[end - 8 + i] = high >>> (24 - 8 * i)
    tail[end - 4 + i] = low >>> (24 - 8 * i)
  }
  compress(working, tail, 0)
  if (end > BLOCK_BYTES) compress(working, tail, BLOCK_BYTES)
  const digest = new Uint8Array(32)
  for (let i = 0; i < 8; i++) {
    const word = working[i]!
    digest[4 * i] = word >>> 24
    digest[4 * i + 1] = word >>> 16
    digest[4 * i + 2] = word >>> 8
    digest[4 * i + 3] = word
  }
  return digest
}

/** The digest of `prefixBytes` bytes (whole blocks, already in `state`) and then `bytes`. */
export function hashAfter(state: Int32Array, prefixBytes: number, bytes: Uint8Array): Digest {
  working.set(state)
  let at = 0
  for (; at + BLOCK_BYTES <= bytes.length; at += BLOCK_BYTES) compress(working, bytes, at)
  return finish(bytes, at, prefixBytes + bytes.length)
}

/**
 * Plain SHA-256, as reducers and files are named by it. Everything else is hashed under a tag.
 *
 * @example
 * toHex(sha256(new Uint8Array())) // 'e3b0c44298fc1c14…'
 */
export function sha256(bytes: Uint8Array): Digest {
  return hashAfter(INITIAL_STATE, 0, bytes)
}
