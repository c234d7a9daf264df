/** Doubles as eight bytes, big-endian: one NaN, no −0. protocol.md §8, §9. */

const scratch = new DataView(new ArrayBuffer(8))
const NAN_BITS = 0x7ff8_0000_0000_0000n

/** The 64 bits of a double, as an unsigned integer. */
export function bitsOfFloat(value: number): bigint {
  if (Number.isNaN(value)) return NAN_BITS
  scratch.setFloat64(0, value === 0 ? 0 : value)
  return scratch.getBigUint64(0)
}

/** The double of 64 bits; undefined for −0 and for a NaN that {@link bitsOfFloat} does not give. */
export function floatOfBits(bits: bigint): number | undefined {
  const unsigned = BigInt.asUintN(64, bits)
  scratch.setBigUint64(0, unsigned)
  const value = scratch.getFloat64(0)
  return bitsOfFloat(value) === unsigned ? value : undefined
}
