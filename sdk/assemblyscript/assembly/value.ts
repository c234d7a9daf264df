/// One column value, and lists of them: 16 bytes each, tag at 0, payload at 8.
import { allocate, storeSpan } from './memory'
import { loadText, storeText } from './text'

export enum Tag {
  none,
  boolean,
  integer,
  float,
  text,
  bytes,
}

/// Bytes of a value in memory.
export const VALUE_SIZE: usize = 16

/// A value whose type is known only when it runs: constants of conditions, nullable columns.
export class Value {
  private constructor(
    public tag: Tag,
    public bits: u64,
    public text: string,
    public bytes: Uint8Array | null,
  ) {}

  static none(): Value {
    return new Value(Tag.none, 0, '', null)
  }
  static boolean(value: bool): Value {
    return new Value(Tag.boolean, value ? 1 : 0, '', null)
  }
  static integer(value: i64): Value {
    return new Value(Tag.integer, <u64>value, '', null)
  }
  static float(value: f64): Value {
    return new Value(Tag.float, reinterpret<u64>(value), '', null)
  }
  static text(value: string): Value {
    return new Value(Tag.text, 0, value, null)
  }
  static bytes(value: Uint8Array): Value {
    return new Value(Tag.bytes, 0, '', value)
  }

  get isNull(): bool {
    return this.tag == Tag.none
  }
  get asBoolean(): bool {
    assert(this.tag == Tag.boolean, 'expected a boolean')
    return this.bits != 0
  }
  get asInteger(): i64 {
    assert(this.tag == Tag.integer, 'expected an integer')
    return <i64>this.bits
  }
  get asFloat(): f64 {
    assert(this.tag == Tag.float, 'expected a float')
    return reinterpret<f64>(this.bits)
  }
  get asText(): string {
    assert(this.tag == Tag.text, 'expected a text')
    return this.text
  }
  get asBytes(): Uint8Array {
    assert(this.tag == Tag.bytes, 'expected bytes')
    return this.bytes!
  }
}

/// Writes a value.
export function storeValue(at: usize, value: Value): void {
  store<u64>(at, value.tag)
  switch (value.tag) {
    case Tag.none:
      break
    case Tag.text:
      storeText(at + 8, value.text)
      break
    case Tag.bytes:
      storeBytes(at + 8, value.asBytes)
      break
    default:
      store<u64>(at, value.bits, 8)
  }
}

/// Reads a value.
export function loadValue(at: usize): Value {
  switch (<i32>load<u8>(at)) {
    case Tag.boolean:
      return Value.boolean(load<u8>(at, 8) != 0)
    case Tag.integer:
      return Value.integer(load<i64>(at, 8))
    case Tag.float:
      return Value.float(load<f64>(at, 8))
    case Tag.text:
      return Value.text(loadText(at + 8))
    case Tag.bytes:
      return Value.bytes(loadBytes(at + 8))
    default:
      return Value.none()
  }
}

/// Writes the pointer and length of bytes.
export function storeBytes(at: usize, bytes: Uint8Array): void {
  storeSpan(at, bytes.length == 0 ? VALUE_SIZE : bytes.dataStart, bytes.length)
}

/// A copy of the bytes whose pointer and length stand at an address.
export function loadBytes(at: usize): Uint8Array {
  const bytes = new Uint8Array(load<i32>(at, 4))
  memory.copy(bytes.dataStart, load<usize>(at), bytes.length)
  return bytes
}

/// The values of a key, of a bound or of an SQL statement: `new Values().integer(7).text('x')`.
export class Values {
  pointer: usize = allocate(4 * VALUE_SIZE)
  length: i32 = 0
  private capacity: i32 = 4

  add(value: Value): Values {
    storeValue(this.next(), value)
    return this
  }
  none(): Values {
    store<u64>(this.next(), Tag.none)
    return this
  }
  boolean(value: bool): Values {
    const at = this.next()
    store<u64>(at, Tag.boolean)
    store<u64>(at, value ? 1 : 0, 8)
    return this
  }
  integer(value: i64): Values {
    const at = this.next()
    store<u64>(at, Tag.integer)
    store<i64>(at, value, 8)
    return this
  }
  float(value: f64): Values {
    const at = this.next()
    store<u64>(at, Tag.float)
    store<f64>(at, value, 8)
    return this
  }
  text(value: string): Values {
    const at = this.next()
    store<u64>(at, Tag.text)
    storeText(at + 8, value)
    return this
  }
  bytes(value: Uint8Array): Values {
    const at = this.next()
    store<u64>(at, Tag.bytes)
    storeBytes(at + 8, value)
    return this
  }

  private next(): usize {
    if (this.length == this.capacity) {
      const wider = allocate(2 * <usize>this.capacity * VALUE_SIZE)
      memory.copy(wider, this.pointer, <usize>this.capacity * VALUE_SIZE)
      this.pointer = wider
      this.capacity *= 2
    }
    return this.pointer + <usize>(this.length++) * VALUE_SIZE
  }
}

/// The key of a table whose primary key is one integer.
export function key(value: i64): Values {
  return new Values().integer(value)
}
