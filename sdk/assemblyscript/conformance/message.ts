/// A message and its canonical bytes: protocol.md §3.
import { Major, Reader, SAFE_MAX } from './reader'
import { Writer } from './writer'

const MESSAGE_BYTES_MAX = 65536
const SENDER_BYTES_MAX = 256
const NAME_BYTES_MAX = 64

const ARGS = utf8('args')
const KIND = utf8('kind')
const TIME = utf8('time')
const SENDER = utf8('sender')

export enum Type {
  none,
  boolean,
  integer,
  float,
  text,
  bytes,
}

export class Argument {
  type: Type = Type.none
  bits: u64 = 0
  bytes: Uint8Array = new Uint8Array(0)

  constructor(public name: Uint8Array) {}
}

/// A message whose texts are kept as UTF-8.
export class Message {
  args: Argument[] = []
  kind: Uint8Array = new Uint8Array(0)
  time: i64 = 0
  sender: Uint8Array = new Uint8Array(0)
}

/// The message of canonical bytes; `reader.refused` says whether there is one.
export function readMessage(reader: Reader): Message {
  const message = new Message()
  reader.refuseUnless(reader.left <= MESSAGE_BYTES_MAX)
  reader.refuseUnless(reader.count(Major.map, 2) == 4)
  readKey(reader, ARGS)
  message.args = readArgs(reader)
  readKey(reader, KIND)
  message.kind = readName(reader)
  readKey(reader, TIME)
  const time = reader.head(Major.unsigned)
  reader.refuseUnless(time <= <u64>SAFE_MAX)
  message.time = <i64>time
  readKey(reader, SENDER)
  message.sender = reader.text()
  reader.refuseUnless(message.sender.length >= 1 && message.sender.length <= SENDER_BYTES_MAX)
  reader.end()
  return message
}

/// The canonical bytes of a message.
export function writeMessage(message: Message): Uint8Array {
  const writer = new Writer()
  const args = message.args
  writer.head(Major.map, 4)
  writer.text(ARGS)
  writer.head(Major.map, args.length)
  for (let i = 0; i < args.length; i++) {
    writer.text(args[i].name)
    writeValue(writer, args[i])
  }
  writer.text(KIND)
  writer.text(message.kind)
  writer.text(TIME)
  writer.head(Major.unsigned, message.time)
  writer.text(SENDER)
  writer.text(message.sender)
  return writer.take()
}

function readKey(reader: Reader, key: Uint8Array): void {
  reader.refuseUnless(compare(reader.text(), key) == 0)
}

function readArgs(reader: Reader): Argument[] {
  const args: Argument[] = []
  const count = reader.count(Major.map, 2)
  for (let i = 0; i < count && !reader.failed; i++) {
    const argument = new Argument(readName(reader))
    if (i > 0) reader.refuseUnless(compare(args[i - 1].name, argument.name) < 0)
    readValue(reader, argument)
    args.push(argument)
  }
  return args
}

function readName(reader: Reader): Uint8Array {
  const name = reader.text()
  reader.refuseUnless(isName(name))
  return name
}

/// `[a-z][a-z0-9_-]{0,63}`.
function isName(name: Uint8Array): bool {
  if (name.length < 1 || name.length > NAME_BYTES_MAX) return false
  for (let i = 0; i < name.length; i++) {
    const c = name[i]
    const letter = c >= 0x61 && c <= 0x7a
    const later = (c >= 0x30 && c <= 0x39) || c == 0x5f || c == 0x2d
    if (!letter && (i == 0 || !later)) return false
  }
  return true
}

function readValue(reader: Reader, into: Argument): void {
  const first = reader.peek()
  switch (first >> 5) {
    case Major.unsigned:
    case Major.negative:
      into.type = Type.integer
      into.bits = readInteger(reader, first >> 5)
      break
    case Major.bytes:
      into.type = Type.bytes
      into.bytes = reader.bytes()
      break
    case Major.text:
      into.type = Type.text
      into.bytes = reader.text()
      break
    case Major.other:
      readSimple(reader, into, first)
      break
    default:
      reader.refuse()
  }
}

function readInteger(reader: Reader, major: Major): u64 {
  const argument = reader.head(major)
  reader.refuseUnless(argument <= <u64>i64.MAX_VALUE)
  return major == Major.unsigned ? argument : ~argument
}

function readSimple(reader: Reader, into: Argument, first: i32): void {
  if (first == 0xfb) {
    into.type = Type.float
    into.bits = reinterpret<u64>(reader.float())
    return
  }
  reader.refuseUnless(first == 0xf4 || first == 0xf5 || first == 0xf6)
  reader.byte()
  into.type = first == 0xf6 ? Type.none : Type.boolean
  into.bits = first == 0xf5 ? 1 : 0
}

function writeValue(writer: Writer, argument: Argument): void {
  const bits = argument.bits
  switch (argument.type) {
    case Type.none:
      writer.byte(0xf6)
      break
    case Type.boolean:
      writer.byte(bits == 0 ? 0xf4 : 0xf5)
      break
    case Type.integer:
      if (<i64>bits < 0) writer.head(Major.negative, ~bits)
      else writer.head(Major.unsigned, bits)
      break
    case Type.float:
      writer.byte(0xfb)
      writer.number(bits, 8)
      break
    case Type.text:
      writer.text(argument.bytes)
      break
    default:
      writer.head(Major.bytes, argument.bytes.length)
      writer.raw(argument.bytes)
  }
}

/// The order of keys: by length, then by bytes.
function compare(a: Uint8Array, b: Uint8Array): i32 {
  return a.length == b.length ? memory.compare(a.dataStart, b.dataStart, a.length) : a.length - b.length
}

function utf8(text: string): Uint8Array {
  return Uint8Array.wrap(String.UTF8.encode(text))
}
