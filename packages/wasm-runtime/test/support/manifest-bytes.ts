/** Lays a manifest out as a compiled guest has it in memory: an encoder written from the WIT alone, to check the reader against. */
import type { Column, ColumnType, Condition, Manifest, Param, Value } from '@foldb/abi'

const COLUMN_TYPES = 'boolean smallint integer bigint double-precision numeric text bytea uuid date timestamptz jsonb'.split(' ')
const COMPARISONS = 'equal not-equal less less-or-equal greater greater-or-equal is-null is-not-null'.split(' ')
const VALUE_TYPES = 'boolean integer float text bytes'.split(' ')

export class Layout {
  readonly bytes: number[] = []
  readonly base: number

  constructor(base: number) {
    this.base = base
  }

  reserve(size: number, align: number): number {
    while ((this.base + this.bytes.length) % align !== 0) this.bytes.push(0)
    const at = this.base + this.bytes.length
    for (let i = 0; i < size; i++) this.bytes.push(0)
    return at
  }

  u8(at: number, value: number): void {
    this.bytes[at - this.base] = value & 0xff
  }

  u32(at: number, value: number): void {
    for (let i = 0; i < 4; i++) this.u8(at + i, value >>> (8 * i))
  }

  raw(at: number, bytes: Uint8Array): void {
    const start = this.reserve(bytes.length, 1)
    bytes.forEach((byte, i) => this.u8(start + i, byte))
    this.u32(at, start)
    this.u32(at + 4, bytes.length)
  }

  text(at: number, text: string): void {
    this.raw(at, new TextEncoder().encode(text))
  }

  list<T>(at: number, items: readonly T[], size: number, align: number, write: (at: number, item: T) => void): void {
    const start = this.reserve(items.length * size, align)
    this.u32(at, start)
    this.u32(at + 4, items.length)
    items.forEach((item, i) => write(start + i * size, item))
  }

  value(at: number, value: Value): void {
    const number = (bits: bigint): void => {
      this.u32(at + 8, Number(bits & 0xffffffffn))
      this.u32(at + 12, Number((bits >> 32n) & 0xffffffffn))
    }
    if (value === null) return this.u8(at, 0)
    if (typeof value === 'boolean') {
      this.u8(at, 1)
      return this.u8(at + 8, value ? 1 : 0)
    }
    if (typeof value === 'bigint' || Number.isSafeInteger(value)) {
      this.u8(at, 2)
      return number(BigInt(value as number | bigint))
    }
    if (typeof value === 'number') {
      this.u8(at, 3)
      return number(new BigUint64Array(Float64Array.of(value).buffer)[0]!)
    }
    this.u8(at, typeof value === 'string' ? 4 : 5)
    return typeof value === 'string' ? this.text(at + 8, value) : this.raw(at + 8, value)
  }

  values(values: readonly Value[]): { at: number; count: number } {
    const at = this.reserve(values.length * 16, 8)
    values.forEach((value, i) => this.value(at + i * 16, value))
    return { at, count: values.length }
  }
}

function columnType(layout: Layout, at: number, type: ColumnType): void {
  if (typeof type === 'string') return layout.u8(at, COLUMN_TYPES.indexOf(type))
  layout.u8(at, 5)
  layout.u32(at + 4, type.numeric.precision)
  layout.u32(at + 8, type.numeric.scale)
}

function conditions(layout: Layout, at: number, list: readonly Condition[]): void {
  layout.list(at, list, 32, 8, (slot, { column, comparison, operand }) => {
    layout.u32(slot, column)
    layout.u8(slot + 4, COMPARISONS.indexOf(comparison))
    if ('column' in operand) {
      layout.u8(slot + 8, 1)
      layout.u32(slot + 16, operand.column)
    } else layout.value(slot + 16, operand.constant)
  })
}

const numbers = (layout: Layout, at: number, list: readonly number[]): void =>
  layout.list(at, list, 4, 4, (slot, number) => layout.u32(slot, number))

function column(layout: Layout, at: number, { name, type, nullable }: Column): void {
  layout.text(at, name)
  columnType(layout, at + 8, type)
  layout.u8(at + 20, nullable ? 1 : 0)
}

function params(layout: Layout, at: number, list: readonly Param[]): void {
  layout.list(at, list, 12, 4, (slot, { name, type, nullable }) => {
    layout.text(slot, name)
    layout.u8(slot + 8, VALUE_TYPES.indexOf(type))
    layout.u8(slot + 9, nullable ? 1 : 0)
  })
}

/** Writes a manifest and gives its address. */
export function layManifest(layout: Layout, manifest: Manifest): number {
  const at = layout.reserve(56, 4)
  layout.text(at, manifest.name)
  layout.text(at + 8, manifest.version)
  layout.list(at + 16, manifest.tables, 48, 4, (slot, table) => {
    layout.text(slot, table.name)
    layout.list(slot + 8, table.columns, 24, 4, (place, item) => column(layout, place, item))
    numbers(layout, slot + 16, table.primaryKey)
    layout.list(slot + 24, table.indexes, 28, 4, (place, index) => {
      layout.text(place, index.name)
      numbers(layout, place + 8, index.columns)
      layout.u8(place + 16, index.unique ? 1 : 0)
      conditions(layout, place + 20, index.where)
    })
    layout.list(slot + 32, table.checks, 16, 4, (place, check) => {
      layout.text(place, check.name)
      conditions(layout, place + 8, check.all)
    })
    layout.list(slot + 40, table.foreignKeys, 24, 4, (place, key) => {
      layout.text(place, key.name)
      numbers(layout, place + 8, key.columns)
      layout.text(place + 16, key.references)
    })
  })
  layout.list(at + 24, manifest.views, 16, 4, (slot, view) => {
    layout.text(slot, view.name)
    layout.text(slot + 8, view.query)
  })
  params(layout, at + 32, manifest.genesis)
  layout.list(at + 40, manifest.messages, 16, 4, (slot, kind) => {
    layout.text(slot, kind.name)
    params(layout, slot + 8, kind.params)
  })
  layout.text(at + 48, manifest.verdict)
  return at
}
