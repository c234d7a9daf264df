/// Randomness that every replay repeats. A sender can foresee a roll but not choose it.
import { entropyBytes } from './host'
import { RESULT } from './memory'
import { loadBytes } from './value'

/// The next bytes of this message's stream, at most 65 536 a message.
export function entropy(count: u32): Uint8Array {
  entropyBytes(count, RESULT)
  return loadBytes(RESULT)
}

/// A fair whole number from 0 to `sides` − 1.
export function roll(sides: u32): u32 {
  assert(sides > 0, 'a die needs a side')
  const unfair: u32 = (0xffffffff % sides + 1) % sides
  while (true) {
    entropyBytes(4, RESULT)
    const drawn = load<u32>(load<usize>(RESULT))
    if (unfair == 0 || drawn <= 0xffffffff - unfair) return drawn % sides
  }
}
