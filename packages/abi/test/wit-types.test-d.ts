/** Pins the hand-written types of this package to those that are generated from the WIT. */
import { describe, expectTypeOf, it } from 'vitest'
import type * as abi from '../src/index.ts'
import type * as reducer from './generated/foldb-reducer-reducer.js'
import type * as schema from './generated/foldb-reducer-schema.js'
import type * as types from './generated/foldb-reducer-types.js'

/** A value of the WIT as this package holds it: an integer is a number within ±(2^53−1), a bigint beyond. */
type ValueOf<T extends types.Value> = T extends { tag: 'null' }
  ? null
  : T extends types.ValueInteger
    ? number | bigint
    : T extends { val: infer V }
      ? V
      : never

/** A type of the WIT as this package writes it: read-only, a variant as text or {case: payload}, u64 and lists of u32 as numbers. */
type HandWritten<T> = [T] extends [types.Value]
  ? abi.Value
  : T extends Uint8Array
    ? Uint8Array
    : T extends Uint32Array
      ? readonly number[]
      : T extends readonly (infer Item)[]
        ? readonly HandWritten<Item>[]
        : T extends bigint
          ? number
          : T extends { tag: infer Case extends string; val: infer Payload }
            ? { readonly [C in Case]: HandWritten<Payload> }
            : T extends { tag: infer Case extends string }
              ? Case
              : T extends object
                ? { readonly [Field in keyof T]: HandWritten<T[Field]> }
                : T

describe('the hand-written types', () => {
  it('hold every value of the WIT', () => {
    expectTypeOf<ValueOf<types.Value>>().toEqualTypeOf<abi.Value>()
    expectTypeOf<HandWritten<types.Row>>().toEqualTypeOf<abi.Row>()
  })

  it('are those of the schema', () => {
    expectTypeOf<HandWritten<schema.ColumnType>>().toEqualTypeOf<abi.ColumnType>()
    expectTypeOf<HandWritten<schema.Column>>().toEqualTypeOf<abi.Column>()
    expectTypeOf<HandWritten<schema.Comparison>>().toEqualTypeOf<abi.Comparison>()
    expectTypeOf<HandWritten<schema.Operand>>().toEqualTypeOf<abi.Operand>()
    expectTypeOf<HandWritten<schema.Condition>>().toEqualTypeOf<abi.Condition>()
    expectTypeOf<HandWritten<schema.Index>>().toEqualTypeOf<abi.Index>()
    expectTypeOf<HandWritten<schema.Check>>().toEqualTypeOf<abi.Check>()
    expectTypeOf<HandWritten<schema.ForeignKey>>().toEqualTypeOf<abi.ForeignKey>()
    expectTypeOf<HandWritten<schema.Table>>().toEqualTypeOf<abi.Table>()
    expectTypeOf<HandWritten<schema.View>>().toEqualTypeOf<abi.View>()
  })

  it('are those of the manifest', () => {
    expectTypeOf<HandWritten<reducer.ValueType>>().toEqualTypeOf<abi.ValueType>()
    expectTypeOf<HandWritten<reducer.Param>>().toEqualTypeOf<abi.Param>()
    expectTypeOf<HandWritten<reducer.MessageKind>>().toEqualTypeOf<abi.MessageKind>()
    expectTypeOf<HandWritten<reducer.Manifest>>().toEqualTypeOf<abi.Manifest>()
  })

  it('are those of a message, whose arguments a log names and whose position it does not write', () => {
    expectTypeOf<Omit<HandWritten<types.Message>, 'args' | 'position'>>().toEqualTypeOf<Omit<abi.Message, 'args'>>()
  })
})
