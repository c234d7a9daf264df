import { DbError, type Row, type Value } from '@foldb/abi'
import type { Call, Range, Reducer } from '@foldb/derivation-core'
import { describe, expect, it } from 'vitest'
import { at, COUNTERS, IMPORT, list, OK, place, typedGuest } from './support/guests.ts'
import { message, recordingHost, type TestHost } from './support/host.ts'
import { load, typed } from './support/load.ts'

/** A result area outside of everything else. */
const RET = 256
const ROW: Row = ['é', 9007199254740993n, 5]
const LOG_STATE = `(call $log (i32.load8_u (i32.const ${RET})) (i32.load offset=4 (i32.const ${RET})) (i32.load offset=8 (i32.const ${RET})))`

function reduce(reducer: Reducer, host: TestHost = recordingHost()): Call {
  return reducer.reduce(message([5]), host)
}

const rejection = (layoutAnswer: number): string => `(i32.const ${layoutAnswer})`

describe('a typed reducer', () => {
  it('is described once, without a host', async () => {
    const reducer = await typed()
    expect(reducer.manifest).toEqual(COUNTERS)
    expect(reducer.usesSql).toBe(false)
    expect(reducer.digest).toHaveLength(32)
  })

  it('applies messages and init', async () => {
    using reducer = await typed()
    expect(reducer.init([], recordingHost()).outcome).toEqual({ status: 'applied' })
    expect(reduce(reducer)).toEqual({ outcome: { status: 'applied' }, fuel: 0n })
  })

  it('rejects with its own code and a reason for people', async () => {
    const reducer = await typed((layout) => {
      const answer = layout.reserve(20, 4)
      layout.u8(answer, 1)
      layout.text(answer + 4, 'not-your-turn')
      layout.text(answer + 12, 'wait — é')
      return { reduce: rejection(answer) }
    })
    expect(reduce(reducer)).toEqual({ outcome: { status: 'rejected', code: 'not-your-turn' }, fuel: 0n, reason: 'wait — é' })
  })

  it.each(['', 'Upper', 'a b', 'x'.repeat(65), 'ü'])('traps when the code of a rejection is %j', async (code) => {
    const reducer = await typed((layout) => {
      const answer = layout.reserve(20, 4)
      layout.u8(answer, 1)
      layout.text(answer + 4, code)
      layout.u32(answer + 12, 1)
      return { reduce: rejection(answer) }
    })
    expect(reduce(reducer).outcome).toEqual({ status: 'trapped', code: 'trap' })
  })

  it('gets the message as the log has it', async () => {
    const reducer = await typed((layout) => ({
      imports: IMPORT.put + IMPORT.log,
      reduce: `
        (call $log (i32.const 0) (local.get $sender) (local.get $senderLength))
        (call $log (i32.const 3) (local.get $kind) (local.get $kindLength))
        (call $put ${at(place(layout, 'counters'))} (local.get $args) (local.get $count) (i32.const ${RET}))
        (if (i64.ne (local.get $position) (i64.const 1)) (then unreachable))
        (if (i64.ne (local.get $time) (i64.const 1700000000000)) (then unreachable))
        (i32.const ${OK})`,
    }))
    const host = recordingHost()
    const args: Value[] = [null, 2.5]
    expect(reducer.reduce({ ...message(args, 'note'), sender: 'ünder' }, host).outcome.status).toBe('applied')
    expect(host.lines).toEqual([
      ['debug', 'ünder'],
      ['error', 'note'],
    ])
    expect(host.asked).toEqual([['put', 'counters', args]])
  })
})

describe('values of the typed world', () => {
  const values: Value[] = [
    null,
    true,
    false,
    0,
    -1,
    9007199254740991,
    -9007199254740991,
    9223372036854775807n,
    -9007199254740992n,
    0.5,
    -1e300,
    'a\0b',
    '',
    '𝄞',
    '\uFEFFx',
    Uint8Array.of(0, 255),
    new Uint8Array(0),
  ]

  it('cross from the guest', async () => {
    const reducer = await typed((layout) => ({
      imports: IMPORT.insert,
      reduce: `(call $insert ${at(place(layout, 'counters'))} ${list(layout, values)} (i32.const ${RET})) (i32.const ${OK})`,
    }))
    const host = recordingHost()
    expect(reduce(reducer, host).outcome.status).toBe('applied')
    expect(host.asked).toEqual([['insert', 'counters', values]])
  })

  it('cross to the guest and back', async () => {
    const reducer = await typed({
      imports: IMPORT.put,
      reduce: `(call $put (local.get $sender) (local.get $senderLength) (local.get $args) (local.get $count) (i32.const ${RET})) (i32.const ${OK})`,
    })
    const host = recordingHost()
    expect(reducer.reduce(message(values), host).outcome.status).toBe('applied')
    expect(host.asked).toEqual([['put', 'alice', values]])
  })

  it('are floats by the type of their parameter or column, NaN by one bit pattern, and −0 is 0', async () => {
    // Each argument's tag and bits are logged as a letter: the guest compares them with what the canonical ABI asks for.
    const check = (tag: number, bits: bigint): string => `
      (if (i32.or (i32.ne (i32.load8_u (local.get $args)) (i32.const ${tag})) (i64.ne (i64.load offset=8 (local.get $args)) (i64.const ${bits}))) (then unreachable))
      (local.set $args (i32.add (local.get $args) (i32.const 16)))`
    const manifest = {
      ...COUNTERS,
      messages: [{ name: 'f', params: 'abcd'.split('').map((name) => ({ name, type: 'float' as const, nullable: false })) }],
    }
    const reducer = await typed({
      manifest,
      reduce: `${check(3, 0x4014000000000000n)} ${check(3, 0x7ff8000000000000n)} ${check(3, 0n)} ${check(3, 0x7ff0000000000000n)} (i32.const ${OK})`,
    })
    const payload = new Float64Array(new BigUint64Array([0xfff8000000000123n]).buffer)[0]!
    expect(reducer.reduce(message([5, payload, -0, Infinity], 'f'), recordingHost()).outcome).toEqual({ status: 'applied' })
  })

  it('lose the sign of −0 on the way in', async () => {
    const reducer = await typed((layout) => {
      const { at: start } = layout.values([0.5])
      layout.u32(start + 8, 0)
      layout.u32(start + 12, 0x80000000)
      return {
        imports: IMPORT.insert,
        reduce: `(call $insert ${at(place(layout, 'counters'))} (i32.const ${start}) (i32.const 1) (i32.const ${RET})) (i32.const ${OK})`,
      }
    })
    const host = recordingHost()
    reduce(reducer, host)
    expect(Object.is((host.asked[0]![2] as Value[])[0], 0)).toBe(true)
  })
})

describe('tables of the typed world', () => {
  const forward = (call: string, back: string): string => `
    ${call}
    (if (i32.load8_u (i32.const ${RET})) (then ${LOG_STATE} (call $log (i32.const 2) (i32.load offset=12 (i32.const ${RET})) (i32.load offset=16 (i32.const ${RET})))) (else ${back}))
    (i32.const ${OK})`
  const imports = IMPORT.get + IMPORT.insert + IMPORT.delete + IMPORT.scan + IMPORT.log

  async function getAndInsert(): Promise<Reducer> {
    return typed((layout) => {
      const table = at(place(layout, 'counters'))
      return {
        imports,
        reduce: forward(
          `(call $get ${table} ${list(layout, ['k', 1])} (i32.const ${RET}))`,
          `(if (i32.load8_u offset=4 (i32.const ${RET})) (then (call $insert ${table} (i32.load offset=8 (i32.const ${RET})) (i32.load offset=12 (i32.const ${RET})) (i32.const 512))))`,
        ),
      }
    })
  }

  it('give a row by key', async () => {
    const host = recordingHost({ get: () => ROW })
    expect(reduce(await getAndInsert(), host).outcome.status).toBe('applied')
    expect(host.asked).toEqual([
      ['get', 'counters', ['k', 1]],
      ['insert', 'counters', ROW],
    ])
  })

  it('give none', async () => {
    const host = recordingHost()
    expect(reduce(await getAndInsert(), host).outcome.status).toBe('applied')
    expect(host.asked).toHaveLength(1)
  })

  it('give a refusal as data, and the guest goes on', async () => {
    const host = recordingHost({
      get: () => {
        throw new DbError('23505', 'counters_pkey')
      },
    })
    expect(reduce(await getAndInsert(), host).outcome.status).toBe('applied')
    expect(host.lines).toEqual([
      ['info', '23505'],
      ['warn', 'counters_pkey'],
    ])
  })

  it('give a refusal without a constraint at an aligned pointer', async () => {
    const host = recordingHost({
      get: () => {
        throw new DbError('42P01')
      },
    })
    expect(reduce(await getAndInsert(), host).outcome.status).toBe('applied')
    expect(host.lines).toEqual([
      ['info', '42P01'],
      ['warn', ''],
    ])
  })

  it.each([true, false])('say whether a row was deleted: %j', async (deleted) => {
    const reducer = await typed((layout) => ({
      imports,
      reduce: `
        (call $delete ${at(place(layout, 'counters'))} ${list(layout, ['k'])} (i32.const ${RET}))
        (call $log (i32.load8_u offset=4 (i32.const ${RET})) (i32.const 0) (i32.const 0)) (i32.const ${OK})`,
    }))
    const host = recordingHost({ delete: () => deleted })
    expect(reduce(reducer, host).outcome.status).toBe('applied')
    expect(host.lines).toEqual([[deleted ? 'info' : 'debug', '']])
  })

  const scanGuest = (bounds: (layout: Parameters<typeof list>[0]) => string): Promise<Reducer> =>
    typed((layout) => {
      const table = at(place(layout, 'counters'))
      return {
        imports,
        reduce: forward(
          `(call $scan ${table} ${at(place(layout, 'by_n'))} ${bounds(layout)} (i32.const ${RET}))`,
          `(call $log (i32.load offset=4 (i32.const ${RET})) (i32.const 0) (i32.const 0))
           (call $insert ${table} (i32.load offset=8 (i32.const ${RET})) (i32.load offset=12 (i32.const ${RET})) (i32.const 512))`,
        ),
      }
    })

  it('scan a range and give a page', async () => {
    const reducer = await scanGuest(
      (layout) => `(i32.const 1) ${list(layout, [1])} (i32.const 2) ${list(layout, [2, 'x'])} (i32.const 10) (i32.const 1)`,
    )
    const host = recordingHost({ scan: () => [ROW, ROW] })
    expect(reduce(reducer, host).outcome.status).toBe('applied')
    const range: Range = {
      lower: { kind: 'inclusive', values: [1] },
      upper: { kind: 'exclusive', values: [2, 'x'] },
      limit: 10,
      descending: true,
    }
    expect(host.asked).toEqual([
      ['scan', 'counters', 'by_n', range],
      ['insert', 'counters', [...ROW, ...ROW]],
    ])
    expect(host.lines).toEqual([['error', '']])
  })

  it('scan without bounds; an empty page has the width of the table', async () => {
    const reducer = await scanGuest(
      () => '(i32.const 0) (i32.const 7) (i32.const -1) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)',
    )
    const host = recordingHost()
    expect(reduce(reducer, host).outcome.status).toBe('applied')
    expect(host.asked).toEqual([
      ['scan', 'counters', 'by_n', { lower: { kind: 'open' }, upper: { kind: 'open' }, limit: 0, descending: false }],
      ['insert', 'counters', []],
    ])
    expect(host.lines).toEqual([['error', '']])
  })

  it('trap on a bound of no case', async () => {
    const reducer = await scanGuest(
      () => '(i32.const 3) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)',
    )
    expect(reduce(reducer)).toMatchObject({
      outcome: { status: 'trapped', code: 'trap' },
      reason: expect.stringContaining('bound') as string,
    })
  })
})

describe('lowering', () => {
  // The allocator logs nothing (it may not call out); it writes its sizes down instead, and reduce gives them to the log.
  const trace = {
    imports: IMPORT.log + IMPORT.get,
    fields: '(global $trace (mut i32) (i32.const 4096))',
    realloc:
      '(i32.store8 (global.get $trace) (i32.add (local.get $size) (i32.const 32))) (global.set $trace (i32.add (global.get $trace) (i32.const 1)))',
  }
  const logTrace = '(call $log (i32.const 0) (i32.const 4096) (i32.sub (global.get $trace) (i32.const 4096)))'
  const sizes = (host: TestHost): number[] => [...host.lines[0]![1]].map((letter) => letter.charCodeAt(0) - 32)

  it('allocates once for each list and text: sender, kind, arguments, then texts in order', async () => {
    const reducer = await typed({ ...trace, reduce: `${logTrace} (i32.const ${OK})` })
    const host = recordingHost()
    reducer.reduce({ ...message(['abc', 1, Uint8Array.of(1, 2)], 'note'), sender: 'alice' }, host)
    expect(sizes(host)).toEqual([5, 4, 48, 3, 2])
  })

  it('allocates nothing for what is empty: its pointer is its alignment', async () => {
    const reducer = await typed({
      ...trace,
      reduce: `${logTrace}
        (if (i32.ne (local.get $args) (i32.const 8)) (then unreachable))
        (if (i32.ne (local.get $sender) (i32.const 1)) (then unreachable))
        (i32.const ${OK})`,
    })
    const host = recordingHost()
    expect(reducer.reduce({ ...message([], 'note'), sender: '' }, host).outcome.status).toBe('applied')
    expect(sizes(host)).toEqual([4])
  })

  it('writes a refusal as SQLSTATE, then constraint', async () => {
    const reducer = await typed((layout) => ({
      ...trace,
      reduce: `(global.set $trace (i32.const 4096)) (call $get ${at(place(layout, 'counters'))} (i32.const 8) (i32.const 0) (i32.const ${RET})) ${logTrace} (i32.const ${OK})`,
    }))
    const host = recordingHost({
      get: () => {
        throw new DbError('23505', 'abc')
      },
    })
    reduce(reducer, host)
    expect(sizes(host)).toEqual([5, 3])
  })
})

describe('entropy and log', () => {
  it('gives bytes', async () => {
    const reducer = await typed({
      imports: IMPORT.entropy + IMPORT.log,
      reduce: `(call $entropy (i32.const 40) (i32.const ${RET})) (call $log (i32.const 1) (i32.load (i32.const ${RET})) (i32.load offset=4 (i32.const ${RET}))) (i32.const ${OK})`,
    })
    const host = recordingHost({}, { entropy: (count) => new Uint8Array(count).fill(65) })
    expect(reduce(reducer, host).outcome.status).toBe('applied')
    expect(host.lines).toEqual([['info', 'A'.repeat(40)]])
  })

  it('traps beyond the limit of one call', async () => {
    const guest = (count: number): Promise<Reducer> =>
      typed({ pages: 4, imports: IMPORT.entropy, reduce: `(call $entropy (i32.const ${count}) (i32.const ${RET})) (i32.const ${OK})` })
    expect(reduce(await guest(65_536)).outcome.status).toBe('applied')
    expect(reduce(await guest(65_537)).outcome).toEqual({ status: 'trapped', code: 'trap' })
    expect(reduce(await guest(-1)).outcome).toEqual({ status: 'trapped', code: 'trap' })
  })

  it('traps on a level of no case and on a text over the limit', async () => {
    const guest = (level: number, length: number): Promise<Reducer> =>
      typed({
        pages: 4,
        imports: IMPORT.log,
        reduce: `(call $log (i32.const ${level}) (i32.const 65536) (i32.const ${length})) (i32.const ${OK})`,
      })
    expect(reduce(await guest(3, 65_536)).outcome.status).toBe('applied')
    expect(reduce(await guest(4, 0)).outcome.status).toBe('trapped')
    expect(reduce(await guest(0, 65_537)).outcome.status).toBe('trapped')
  })
})

it('does the same with the same bytes twice', async () => {
  const bytes = await typedGuest()
  expect((await load(bytes)).digest).toEqual((await load(bytes)).digest)
})
