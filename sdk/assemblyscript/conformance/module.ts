/// The decoder as a core module: a host writes bytes at `room(length)`, asks `decode`, and reads `length()` bytes at `encode()`.
import { Message, readMessage, writeMessage } from './message'
import { Reader } from './reader'
import './trap'

let input: Uint8Array = new Uint8Array(0)
let decoded: Message = new Message()
let output: Uint8Array = new Uint8Array(0)

/// Where to write `length` bytes.
export function room(length: i32): usize {
  input = new Uint8Array(length)
  return input.dataStart
}

/// −1 when the bytes are a message, else the offset near which they stop being one.
export function decode(): i32 {
  const reader = new Reader(input)
  decoded = readMessage(reader)
  return reader.refused
}

/// Writes the decoded message again and gives its place.
export function encode(): usize {
  output = writeMessage(decoded)
  return output.dataStart
}

export function length(): i32 {
  return output.length
}
