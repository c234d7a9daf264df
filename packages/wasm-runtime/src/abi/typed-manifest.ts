/** Lifts the manifest of the typed world out of memory: wit/reducer.wit, 56 bytes and what they point at, within a budget. */
import type {
  Check,
  Column,
  ColumnType,
  Comparison,
  Condition,
  ForeignKey,
  Index,
  Manifest,
  MessageKind,
  Operand,
  Param,
  Table,
  ValueType,
  View,
} from '@foldb/abi'
import { GuestTrap } from '@foldb/derivation-core'
import type { Budget, GuestMemory } from './guest-memory.ts'
import { liftValue } from './values.ts'

export const MANIFEST_BYTES = 56

const COLUMN_TYPES: readonly ((ColumnType & string) | 'numeric')[] = [
  'boolean',
  'smallint',
  'integer',
  'bigint',
  'double-precision',
  'numeric',
  'text',
  'bytea',
  'uuid',
  'date',
  'timestamptz',
  'jsonb',
]
const COMPARISONS: readonly Comparison[] = [
  'equal',
  'not-equal',
  'less',
  'less-or-equal',
  'greater',
  'greater-or-equal',
  'is-null',
  'is-not-null',
]
const VALUE_TYPES: readonly ValueType[] = ['boolean', 'integer', 'float', 'text', 'bytes']

export class ManifestReader {
  readonly #memory: GuestMemory
  readonly #budget: Budget

  constructor(memory: GuestMemory, budget: Budget) {
    this.#memory = memory
    this.#budget = budget
  }

  manifest(pointer: number): Manifest {
    this.#budget.charge(MANIFEST_BYTES)
    const at = this.#memory.region(pointer, MANIFEST_BYTES, 4)
    return {
      name: this.#text(at),
      version: this.#text(at + 8),
      tables: this.#list(at + 16, 48, 4, (table) => this.#table(table)),
      views: this.#list(at + 24, 16, 4, (view): View => ({ name: this.#text(view), query: this.#text(view + 8) })),
      genesis: this.#params(at + 32),
      messages: this.#list(at + 40, 16, 4, (kind): MessageKind => ({ name: this.#text(kind), params: this.#params(kind + 8) })),
      verdict: this.#text(at + 48),
    }
  }

  #text(at: number): string {
    const length = this.#memory.u32(at + 4)
    this.#budget.charge(length)
    return this.#memory.text(this.#memory.u32(at), length)
  }

  #list<T>(at: number, size: number, align: number, item: (at: number) => T): T[] {
    const count = this.#memory.u32(at + 4)
    this.#budget.charge(count * size)
    const start = this.#memory.region(this.#memory.u32(at), count * size, align)
    const items: T[] = []
    for (let i = 0; i < count; i++) items.push(item(start + i * size))
    return items
  }

  #case<T>(at: number, names: readonly T[], what: string): T {
    const number = this.#memory.u8[at]!
    const name = names[number]
    if (name === undefined) throw new GuestTrap(`${what} at ${at}: expected a case from 0 to ${names.length - 1}, got ${number}`)
    return name
  }

  #flag(at: number): boolean {
    return this.#memory.u8[at] !== 0
  }

  #numbers(at: number): number[] {
    return this.#list(at, 4, 4, (number) => this.#memory.u32(number))
  }

  #params(at: number): Param[] {
    return this.#list(at, 12, 4, (param) => ({
      name: this.#text(param),
      type: this.#case(param + 8, VALUE_TYPES, 'value type'),
      nullable: this.#flag(param + 9),
    }))
  }

  #table(at: number): Table {
    return {
      name: this.#text(at),
      columns: this.#list(at + 8, 24, 4, (column) => this.#column(column)),
      primaryKey: this.#numbers(at + 16),
      indexes: this.#list(at + 24, 28, 4, (index) => this.#index(index)),
      checks: this.#list(at + 32, 16, 4, (check): Check => ({ name: this.#text(check), all: this.#conditions(check + 8) })),
      foreignKeys: this.#list(at + 40, 24, 4, (key): ForeignKey => ({
        name: this.#text(key),
        columns: this.#numbers(key + 8),
        references: this.#text(key + 16),
      })),
    }
  }

  #column(at: number): Column {
    const type = this.#case(at + 8, COLUMN_TYPES, 'column type')
    return {
      name: this.#text(at),
      type: type === 'numeric' ? { numeric: { precision: this.#memory.u32(at + 12), scale: this.#memory.u32(at + 16) } } : type,
      nullable: this.#flag(at + 20),
    }
  }

  #index(at: number): Index {
    return { name: this.#text(at), columns: this.#numbers(at + 8), unique: this.#flag(at + 16), where: this.#conditions(at + 20) }
  }

  #conditions(at: number): Condition[] {
    return this.#list(at, 32, 8, (condition) => ({
      column: this.#memory.u32(condition),
      comparison: this.#case(condition + 4, COMPARISONS, 'comparison'),
      operand: this.#operand(condition + 8),
    }))
  }

  #operand(at: number): Operand {
    const kind = this.#case(at, ['constant', 'column'] as const, 'operand')
    return kind === 'column' ? { column: this.#memory.u32(at + 8) } : { constant: liftValue(this.#memory, at + 8, this.#budget) }
  }
}
