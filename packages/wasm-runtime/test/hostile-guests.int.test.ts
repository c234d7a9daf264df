/** Guests that lie about memory, keep state, or call out when they may not. */
import { Fault, FoldbError } from '@foldb/abi'
import { type Call, GuestTrap, type Reducer } from '@foldb/derivation-core'
import { describe, expect, it } from 'vitest'
import { DEFAULT_PROFILE } from '@foldb/abi'
import { at, IMPORT, list, OK, place, typedGuest } from './support/guests.ts'
import { message, recordingHost, type TestHost } from './support/host.ts'
import { parse, watBytes } from './support/build-component.ts'
import { JSON_MANIFEST, load, typed } from './support/load.ts'

const RET = 256
const TRAPPED = { status: 'trapped', code: 'trap' }

function reduce(reducer: Reducer, host: TestHost = recordingHost()): Call {
  return reducer.reduce(message([5]), host)
}

/** Rejects with a code of one letter: `a` plus a number. */
const letter = (number: string): string => `
  (i32.store8 (i32.const 600) (i32.const 1))
  (i32.store (i32.const 604) (i32.const 640)) (i32.store (i32.const 608) (i32.const 1))
  (i32.store (i32.const 612) (i32.const 1)) (i32.store (i32.const 616) (i32.const 0))
  (i32.store8 (i32.const 640) (i32.add (i32.const 97) ${number}))
  (i32.const 600)`
const codes = (reducer: Reducer, count: number): string[] =>
  Array.from({ length: count }, () => {
    const { outcome } = reduce(reducer)
    return outcome.status === 'rejected' ? outcome.code : outcome.status
  })

/** A component that makes a resource at every message and refuses with the handle's number as a letter. */
const HANDLES = `(component
  (type $r (resource (rep i32))) (core func $new (canon resource.new $r))
  (core module $m (import "r" "new" (func $new (param i32) (result i32)))
    (memory (export "memory") 1) (data (i32.const 64) ${watBytes(new TextEncoder().encode(JSON_MANIFEST))})
    (data (i32.const 8192) "[\\"reject\\",\\"?\\",\\"\\"]")
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 16384))
    (func (export "describe") (result i32)
      (i32.store (i32.const 32) (i32.const 64)) (i32.store (i32.const 36) (i32.const ${JSON_MANIFEST.length})) (i32.const 32))
    (func (export "call") (param i32 i32) (result i32)
      (i32.store8 (i32.const 8203) (i32.add (i32.const 96) (call $new (i32.const 7))))
      (i32.store (i32.const 40) (i32.const 8192)) (i32.store (i32.const 44) (i32.const 17)) (i32.const 40)))
  (core instance $c (instantiate $m (with "r" (instance (export "new" (func $new))))))
  (alias core export $c "memory" (core memory $memory)) (alias core export $c "realloc" (core func $realloc))
  (func $describe (result string) (canon lift (core func $c "describe") (memory $memory)))
  (func $call (param "args" string) (result string) (canon lift (core func $c "call") (memory $memory) (realloc (core func $realloc))))
  (func $reduce (param "message" string) (result string) (canon lift (core func $c "call") (memory $memory) (realloc (core func $realloc))))
  (instance $i (export "describe" (func $describe)) (export "init" (func $call)) (export "reduce" (func $reduce)))
  (export "foldb:reducer/reducer-json@0.1.0" (instance $i)))`

describe('state between calls', () => {
  it('is not kept in memory', async () => {
    const reducer = await typed({
      reduce: `(i32.store (i32.const 700) (i32.add (i32.load (i32.const 700)) (i32.const 1))) ${letter('(i32.load (i32.const 700))')}`,
    })
    expect(codes(reducer, 3)).toEqual(['b', 'b', 'b'])
  })

  it('is not kept in a global that nobody exports', async () => {
    const reducer = await typed({
      fields: '(global $hidden (mut i64) (i64.const 0)) (global $other (mut f32) (f32.const 0))',
      reduce: `(global.set $hidden (i64.add (global.get $hidden) (i64.const 1))) ${letter('(i32.wrap_i64 (global.get $hidden))')}`,
    })
    expect(codes(reducer, 3)).toEqual(['b', 'b', 'b'])
  })

  it('is not kept in grown memory', async () => {
    const reducer = await typed({ reduce: letter('(i32.sub (memory.grow (i32.const 1)) (i32.const 2))') })
    expect(codes(reducer, 3)).toEqual(['a', 'a', 'a'])
  })

  it('is not kept after a call that grew memory: the next sees the first size', async () => {
    const reducer = await typed({
      reduce: `(if (i64.eq (local.get $position) (i64.const 2)) (then (drop (memory.grow (i32.const 3))))) ${letter('(memory.size)')}`,
    })
    const host = recordingHost()
    const code = (position: number): string => {
      const { outcome } = reducer.reduce({ ...message([5]), position }, host)
      return outcome.status === 'rejected' ? outcome.code : outcome.status
    }
    expect([1, 2, 1].map(code)).toEqual(['c', 'f', 'c'])
  })

  it('is not kept in a table', async () => {
    const reducer = await typed({
      fields: '(table $t 2 funcref) (elem declare func $realloc)',
      reduce: `${letter('(ref.is_null (table.get $t (i32.const 1)))')} (table.set $t (i32.const 1) (ref.func $realloc))`,
    })
    expect(codes(reducer, 3)).toEqual(['b', 'b', 'b'])
  })

  it('is not kept in handles of resources, which live outside of all modules', async () => {
    const reducer = await load(await parse(HANDLES))
    expect(codes(reducer, 3)).toEqual(['a', 'a', 'a'])
  })

  it('is not kept in a dropped segment', async () => {
    const reducer = await typed({
      fields: '(data $once "b")',
      reduce: `(memory.init $once (i32.const 700) (i32.const 0) (i32.const 1)) (data.drop $once) ${letter('(i32.sub (i32.load8_u (i32.const 700)) (i32.const 97))')}`,
    })
    expect(codes(reducer, 3)).toEqual(['b', 'b', 'b'])
  })

  it('is not kept after a trap', async () => {
    const reducer = await typed({
      fields: '(global $hidden (mut i32) (i32.const 0))',
      reduce: `(global.set $hidden (i32.add (global.get $hidden) (i32.const 1))) (if (i64.eq (local.get $position) (i64.const 1)) (then unreachable)) ${letter('(global.get $hidden)')}`,
    })
    const host = recordingHost()
    expect(reducer.reduce(message([5]), host).outcome).toEqual(TRAPPED)
    expect(reducer.reduce({ ...message([5]), position: 2 }, host).outcome).toEqual({ status: 'rejected', code: 'b' })
  })

  it('is not carried from describe to the first message', async () => {
    const reducer = await typed({
      fields: '(global $hidden (mut i32) (i32.const 0))',
      describe: '(global.set $hidden (i32.const 3))',
      reduce: letter('(global.get $hidden)'),
    })
    expect(codes(reducer, 1)).toEqual(['a'])
  })
})

describe('what a guest points at', () => {
  const insert = (row: string): Promise<Reducer> =>
    typed((layout) => ({
      imports: IMPORT.insert,
      reduce: `(call $insert ${at(place(layout, 'counters'))} ${row} (i32.const ${RET})) (i32.const ${OK})`,
    }))

  it.each([
    ['a list beyond memory', '(i32.const 131064) (i32.const 1)'],
    ['a list that wraps around', '(i32.const -16) (i32.const 2)'],
    ['a list that is not aligned', '(i32.const 1025) (i32.const 1)'],
    ['an empty list outside of memory', '(i32.const -8) (i32.const 0)'],
    ['a list of 2^32 bytes', '(i32.const 0) (i32.const 268435456)'],
    ['a value of no case', '(i32.store8 (i32.const 704) (i32.const 6)) (i32.const 704) (i32.const 1)'],
    [
      'a text beyond memory',
      '(i32.store8 (i32.const 704) (i32.const 4)) (i32.store (i32.const 712) (i32.const 131000)) (i32.store (i32.const 716) (i32.const 1000)) (i32.const 704) (i32.const 1)',
    ],
    [
      'bytes that wrap around',
      '(i32.store8 (i32.const 704) (i32.const 5)) (i32.store (i32.const 712) (i32.const -1)) (i32.store (i32.const 716) (i32.const 2)) (i32.const 704) (i32.const 1)',
    ],
    [
      'a short text that is not UTF-8',
      '(i32.store8 (i32.const 704) (i32.const 4)) (i32.store8 (i32.const 720) (i32.const 0xff)) (i32.store (i32.const 712) (i32.const 720)) (i32.store (i32.const 716) (i32.const 1)) (i32.const 704) (i32.const 1)',
    ],
    [
      'a surrogate in UTF-8',
      '(i32.store8 (i32.const 704) (i32.const 4)) (i32.store (i32.const 720) (i32.const 0x0080a0ed)) (i32.store (i32.const 712) (i32.const 720)) (i32.store (i32.const 716) (i32.const 3)) (i32.const 704) (i32.const 1)',
    ],
  ])('traps when it is %s', async (_, row) => {
    const host = recordingHost()
    expect(reduce(await insert(row), host).outcome).toEqual(TRAPPED)
    expect(host.asked).toEqual([])
  })

  it('traps when a result area is not aligned or outside', async () => {
    for (const ret of [258, 131_060, -4]) {
      const reducer = await typed((layout) => ({
        imports: IMPORT.insert,
        reduce: `(call $insert ${at(place(layout, 'counters'))} (i32.const 8) (i32.const 0) (i32.const ${ret})) (i32.const ${OK})`,
      }))
      expect(reduce(reducer).outcome).toEqual(TRAPPED)
    }
  })

  it.each([17, 131_060, -4])('traps when its answer is at %i', async (answer) => {
    expect(reduce(await typed({ reduce: `(i32.const ${answer})` })).outcome).toEqual(TRAPPED)
  })

  it('traps when its answer has no case', async () => {
    expect(reduce(await typed({ reduce: '(i32.store8 (i32.const 600) (i32.const 2)) (i32.const 600)' })).outcome).toEqual(TRAPPED)
  })

  it('counts a text once for each value that points at it', async () => {
    const guest = (values: number): Promise<Reducer> =>
      typed((layout) => {
        const text = layout.reserve(65_536, 1)
        const start = layout.reserve(values * 16, 8)
        for (let i = 0; i < values; i++) {
          layout.u8(start + i * 16, 5)
          layout.u32(start + i * 16 + 8, text)
          layout.u32(start + i * 16 + 12, 65_536)
        }
        return {
          pages: 8,
          fields: `(func $heap (global.set $bump (i32.const 400000))) (start $heap)`,
          imports: IMPORT.insert,
          reduce: `(call $insert ${at(place(layout, 'counters'))} (i32.const ${start}) (i32.const ${values}) (i32.const ${RET})) (i32.const ${OK})`,
        }
      })
    expect(reduce(await guest(63)).outcome.status).toBe('applied')
    expect(reduce(await guest(64)).outcome).toEqual(TRAPPED)
  })

  it('traps when an answer is larger than the profile allows', async () => {
    const reducer = await typed((layout) => ({
      pages: 80,
      imports: IMPORT.get,
      reduce: `(call $get ${at(place(layout, 'counters'))} ${list(layout, [1])} (i32.const ${RET})) (i32.const ${OK})`,
    }))
    const answer = (bytes: number): TestHost => recordingHost({ get: () => [new Uint8Array(bytes)] })
    expect(reduce(reducer, answer(4_194_304 - 16)).outcome.status).toBe('applied')
    expect(reduce(reducer, answer(4_194_304 - 15)).outcome).toEqual(TRAPPED)
  })
})

describe('a guest allocator', () => {
  it.each([
    ['outside of memory', '(i32.const 131068)'],
    ['not aligned', '(i32.const 4097)'],
    ['far outside', '(i32.const -8)'],
  ])('traps the message when it answers %s', async (_, reallocAnswer) => {
    const reducer = await typed({ reallocAnswer })
    expect(reduce(reducer).outcome).toEqual(TRAPPED)
  })

  it('traps the message when it traps', async () => {
    expect(reduce(await typed({ realloc: 'unreachable' })).outcome).toEqual(TRAPPED)
  })

  it('traps the message when it traps inside a host call', async () => {
    const reducer = await typed((layout) => ({
      imports: IMPORT.get,
      fields: '(global $armed (mut i32) (i32.const 0))',
      realloc: '(if (global.get $armed) (then unreachable))',
      reduce: `(global.set $armed (i32.const 1)) (call $get ${at(place(layout, 'counters'))} ${list(layout, [1])} (i32.const ${RET})) (i32.const ${OK})`,
    }))
    expect(reduce(reducer, recordingHost({ get: () => [1] })).outcome).toEqual(TRAPPED)
  })

  it('traps the message when it calls the host, before and within a host call', async () => {
    const call = '(call $log (i32.const 0) (i32.const 0) (i32.const 0))'
    expect(reduce(await typed({ imports: IMPORT.log, realloc: call })).outcome).toEqual(TRAPPED)
    const within = await typed((layout) => ({
      imports: IMPORT.get + IMPORT.log,
      fields: '(global $armed (mut i32) (i32.const 0))',
      realloc: `(if (global.get $armed) (then ${call}))`,
      reduce: `(global.set $armed (i32.const 1)) (call $get ${at(place(layout, 'counters'))} ${list(layout, [1])} (i32.const ${RET})) (i32.const ${OK})`,
    }))
    const host = recordingHost({ get: () => [1] })
    expect(reduce(within, host).outcome).toEqual(TRAPPED)
    expect(host.lines).toEqual([])
  })
})

describe('describe', () => {
  const refused = async (bytes: Uint8Array): Promise<unknown> =>
    load(bytes).then(
      () => 'loaded',
      (error: unknown) => (FoldbError.is(error) ? `${error.code} ${(error.fields['findings'] as { code: string }[])[0]!.code}` : error),
    )

  it('may not call the host', async () => {
    expect(
      await refused(await typedGuest({ imports: IMPORT.log, describe: '(call $log (i32.const 0) (i32.const 0) (i32.const 0))' })),
    ).toBe('bad-component describe-trapped')
  })

  it('may not trap', async () => {
    expect(await refused(await typedGuest({ describe: 'unreachable' }))).toBe('bad-component describe-trapped')
  })

  it('gives a manifest within the profile', async () => {
    const bytes = await typedGuest()
    const profile = { ...DEFAULT_PROFILE, sizes: { ...DEFAULT_PROFILE.sizes, manifest: 64 } }
    await expect(load(bytes, { profile })).rejects.toThrow(/more bytes in one call/)
  })

  it('runs after a start function that calls no host', async () => {
    expect(
      await refused(
        await typedGuest({ imports: IMPORT.log, fields: '(func $go (call $log (i32.const 0) (i32.const 0) (i32.const 0))) (start $go)' }),
      ),
    ).toBe('bad-component describe-trapped')
    expect(await refused(await typedGuest({ fields: '(func $go) (start $go)' }))).toBe('loaded')
  })
})

describe('what ended a call', () => {
  it('is a trap when the guest executes unreachable, divides by zero or reads outside', async () => {
    for (const code of ['unreachable', '(drop (i32.div_s (i32.const 1) (i32.const 0)))', '(drop (i32.load (i32.const -1)))']) {
      expect(reduce(await typed({ reduce: `${code} (i32.const ${OK})` }))).toMatchObject({ outcome: TRAPPED, fuel: 0n })
    }
  })

  const getGuest = (): Promise<Reducer> =>
    typed((layout) => ({
      imports: IMPORT.get,
      reduce: `(call $get ${at(place(layout, 'counters'))} ${list(layout, [1])} (i32.const ${RET})) (i32.const ${OK})`,
    }))
  const throwing = (error: unknown): TestHost =>
    recordingHost({
      get: () => {
        throw error
      },
    })

  it('is a trap when a host call traps', async () => {
    expect(reduce(await getGuest(), throwing(new GuestTrap('too many rows')))).toMatchObject({ outcome: TRAPPED, reason: 'too many rows' })
  })

  it.each([new TypeError('a bug'), new WebAssembly.RuntimeError('PGlite'), new RangeError('out of memory'), 'text'])(
    'is a fault when the host throws %s',
    async (error) => {
      const reducer = await getGuest()
      expect(() => reduce(reducer, throwing(error))).toThrow(Fault)
      expect(reduce(reducer).outcome.status).toBe('applied')
    },
  )

  it('is the same FoldbError that the host threw', async () => {
    const error = new FoldbError('missing-node', 'a node')
    const reducer = await getGuest()
    expect(() => reduce(reducer, throwing(error))).toThrow(error)
  })

  it("is a fault when the engine's stack is full, until stacks are metered", async () => {
    const reducer = await typed({
      fields:
        '(func $deep (param i64 i64 i64 i64) (result i64) (i64.add (call $deep (local.get 0) (local.get 1) (local.get 2) (local.get 3)) (local.get 3)))',
      reduce: `(drop (call $deep (i64.const 1) (i64.const 1) (i64.const 1) (i64.const 1))) (i32.const ${OK})`,
    })
    expect(() => reduce(reducer)).toThrow(expect.objectContaining({ code: 'engine-stack' }) as Error)
  })

  it('is a fault when a call is made within a call', async () => {
    const reducer = await getGuest()
    const host = recordingHost({
      get: () => {
        reduce(reducer)
        return undefined
      },
    })
    expect(() => reduce(reducer, host)).toThrow(expect.objectContaining({ code: 're-entry' }) as Error)
    expect(reduce(reducer).outcome.status).toBe('applied')
  })

  it('is refused after the reducer was disposed', async () => {
    const reducer = await typed()
    reducer[Symbol.dispose]()
    expect(() => reduce(reducer)).toThrow(/disposed/)
  })
})

it('bounds the growth of memory and tables by the profile', async () => {
  const profile = { ...DEFAULT_PROFILE, memoryPages: 4 }
  const reducer = await typed(
    { fields: '(table 1 funcref)', reduce: letter('(i32.add (memory.grow (i32.const 2)) (memory.grow (i32.const 1)))') },
    { profile },
  )
  expect(codes(reducer, 2)).toEqual(['b', 'b'])
})

it('rewrites core modules with the transformation that is given', async () => {
  const seen: number[] = []
  const reducer = await typed({}, { transformCore: (core) => (seen.push(core.length), core) })
  expect(seen.length).toBeGreaterThan(0)
  expect(reduce(reducer).outcome.status).toBe('applied')
})
