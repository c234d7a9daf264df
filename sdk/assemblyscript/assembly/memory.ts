/// The arena: bytes are handed out upwards and never given back. The host puts memory and globals back to their first image before
/// every call, so nothing outlives a message, and a message that stays inside the first pages never grows memory.

/// Where the canonical ABI puts what does not fit into registers: results of host calls.
export const RESULT: usize = memory.data(64, 16)
/// Results of our own exports.
export const ANSWER: usize = memory.data(64, 16)

/// The pointer of an empty list or text: aligned for every type, never dereferenced.
export const EMPTY: usize = 16

/// At least `size` bytes, aligned to 16.
export function allocate(size: usize): usize {
  return size == 0 ? EMPTY : heap.alloc(size)
}

/// What the host calls to place arguments and results in our memory.
export function cabi_realloc(old: usize, oldSize: usize, align: usize, size: usize): usize {
  if (size == 0) return align
  const pointer = heap.alloc(size)
  if (oldSize != 0) memory.copy(pointer, old, min(oldSize, size))
  return pointer
}

/// Writes a pointer and a length, the canonical form of a list or a text.
@inline
export function storeSpan(at: usize, pointer: usize, length: usize): void {
  store<usize>(at, pointer)
  store<usize>(at, length, 4)
}
