import { DEFAULT_PROFILE } from '@foldb/abi'
import { describe, expect, it } from 'vitest'
import { admitComponent } from '../src/component/inspect.ts'
import { generateGlue } from '../src/link/generate.ts'
import { Program } from '../src/link/program.ts'
import { Machine } from '../src/machine.ts'
import { IMPORT, OK, typedGuest } from './support/guests.ts'
import { message, recordingHost } from './support/host.ts'
import { typed } from './support/load.ts'

const POST = '(export "cabi_post_foldb:reducer/reducer@0.1.0#reduce")'

/** A machine over a guest that traps at position 1 and counts how often it is instantiated. */
async function counted(): Promise<{ call: (position: number) => string; instances: () => number }> {
  const bytes = await typedGuest({ reduce: `(if (i64.eq (local.get $position) (i64.const 1)) (then unreachable)) (i32.const ${OK})` })
  const admission = admitComponent(bytes)
  const program = await Program.build(bytes, admission.coreInstances, await generateGlue(bytes), undefined, DEFAULT_PROFILE.memoryPages)
  let instances = 0
  const machine = new Machine({
    program: { instantiate: (imports) => (instances++, program.instantiate(imports)) },
    entries: admission.entries!,
    imports: () => ({}),
    profile: DEFAULT_PROFILE,
    keepsState: false,
  })
  const call = (position: number): string => {
    const ended = machine.call('reduce', recordingHost(), (_, enter) => enter(BigInt(position), 1, 0, 0n, 1, 0, 8, 0))
    return 'trap' in ended ? 'trap' : 'answer'
  }
  return { call, instances: () => instances }
}

describe('an instance', () => {
  it('serves many answers', async () => {
    const { call, instances } = await counted()
    expect([2, 3, 4].map(call)).toEqual(['answer', 'answer', 'answer'])
    expect(instances()).toBe(1)
  })

  it('is replaced after a trap', async () => {
    const { call, instances } = await counted()
    expect([1, 2, 3].map(call)).toEqual(['trap', 'answer', 'answer'])
    expect(instances()).toBe(2)
  })
})

describe('the function after an answer', () => {
  it('is called with the answer', async () => {
    const reducer = await typed({ fields: `(func ${POST} (param i32) (if (i32.ne (local.get 0) (i32.const ${OK})) (then unreachable)))` })
    expect(reducer.reduce(message([1]), recordingHost()).outcome.status).toBe('applied')
  })

  it('ends the message when it traps', async () => {
    const reducer = await typed({ fields: `(func ${POST} (param i32) unreachable)` })
    expect(reducer.reduce(message([1]), recordingHost()).outcome).toEqual({ status: 'trapped', code: 'trap' })
  })

  it('may not call the host', async () => {
    const reducer = await typed({
      imports: IMPORT.log,
      fields: `(func ${POST} (param i32) (call $log (i32.const 0) (i32.const 0) (i32.const 0)))`,
    })
    const host = recordingHost()
    expect(reducer.reduce(message([1]), host).outcome).toEqual({ status: 'trapped', code: 'trap' })
    expect(host.lines).toEqual([])
  })
})
