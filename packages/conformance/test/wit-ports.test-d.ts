/** Pins what a guest may call, as the ports of the fold write it, to the types that are generated from the WIT. */
import { describe, expectTypeOf, it } from 'vitest'
import type { Row, Value } from '@foldb/abi'
import type { Bound, LogLevel, Range, ReducerHost, ReducerMessage, Tables } from '@foldb/derivation-core'
import type * as entropy from '../../abi/test/generated/foldb-reducer-entropy.js'
import type * as log from '../../abi/test/generated/foldb-reducer-log.js'
import type * as tables from '../../abi/test/generated/foldb-reducer-tables.js'
import type * as types from '../../abi/test/generated/foldb-reducer-types.js'

/** A type of the WIT as the ports write it: values plain, u64 as a number, lists read-only. */
type Port<T> = [T] extends [types.Value]
  ? Value
  : T extends readonly (infer Item)[]
    ? readonly Port<Item>[]
    : T extends bigint
      ? number
      : T extends Uint8Array
        ? T
        : T extends object
          ? { readonly [Field in keyof T]: Port<T[Field]> }
          : T

type BoundOf<T> = T extends { tag: 'open' } ? 'open' : T extends { tag: infer Kind; val: readonly types.Value[] } ? Kind : never
type Each<Tuple> = { readonly [I in keyof Tuple]: Port<Tuple[I]> }
type Arguments<F extends (...args: never[]) => unknown> = Each<Parameters<F>>

describe('the ports of the fold', () => {
  it('give a reducer the message of the WIT', () => {
    expectTypeOf<Port<types.Message>>().toEqualTypeOf<ReducerMessage>()
  })

  it('take the bounds and ranges of the WIT', () => {
    expectTypeOf<BoundOf<tables.Bound>>().toEqualTypeOf<Bound['kind']>()
    expectTypeOf<Extract<Bound, { values: unknown }>['values']>().toEqualTypeOf<Row>()
    expectTypeOf<keyof tables.Range>().toEqualTypeOf<keyof Range>()
    expectTypeOf<Omit<Port<tables.Range>, 'lower' | 'upper'>>().toEqualTypeOf<Omit<Range, 'lower' | 'upper'>>()
  })

  it('have the row operations of the WIT, argument by argument', () => {
    expectTypeOf<Arguments<typeof tables.get>>().toEqualTypeOf<Readonly<Parameters<Tables['get']>>>()
    expectTypeOf<Arguments<typeof tables.insert>>().toEqualTypeOf<Readonly<Parameters<Tables['insert']>>>()
    expectTypeOf<Arguments<typeof tables.put>>().toEqualTypeOf<Readonly<Parameters<Tables['put']>>>()
    expectTypeOf<Arguments<typeof tables.delete>>().toEqualTypeOf<Readonly<Parameters<Tables['delete']>>>()
    expectTypeOf<Port<ReturnType<typeof tables.get>>>().toEqualTypeOf<ReturnType<Tables['get']>>()
    expectTypeOf<ReturnType<typeof tables.delete>>().toEqualTypeOf<ReturnType<Tables['delete']>>()
    expectTypeOf<Exclude<keyof typeof tables, `_${string}`>>().toEqualTypeOf<keyof Tables>()
  })

  it('have the entropy and the log of the WIT', () => {
    expectTypeOf<log.Level>().toEqualTypeOf<LogLevel>()
    expectTypeOf<typeof log.write>().toEqualTypeOf<ReducerHost['log']>()
    expectTypeOf<Parameters<typeof entropy.bytes>>().toEqualTypeOf<Parameters<ReducerHost['entropy']>>()
  })
})
