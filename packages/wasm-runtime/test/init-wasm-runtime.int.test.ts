import { readFileSync } from 'node:fs'
import { FoldbError } from '@foldb/abi'
import { describe, expect, it } from 'vitest'
import { initWasmRuntime, type WasmRuntime } from '../src/init-wasm-runtime.ts'
import { buildComponent } from './support/build-component.ts'
import { typedGuest, IMPORT } from './support/guests.ts'

const hello = readFileSync(new URL('../examples/hello.wasm', import.meta.url))
const start = (bytes: Uint8Array = hello): Promise<WasmRuntime> => initWasmRuntime(bytes, { glueDirectory: false })
const code = (run: () => unknown): string => {
  try {
    run()
    return 'none'
  } catch (error) {
    return FoldbError.is(error) ? error.code : String(error)
  }
}

describe('a component without imports', () => {
  it('is called by name, with and without the version', async () => {
    using runtime = await start()
    expect(runtime.exports).toEqual([
      'greet',
      'demo:hello/numbers@1.0.0#add',
      'demo:hello/numbers@1.0.0#invert',
      'demo:hello/numbers@1.0.0#count',
    ])
    expect(runtime.call('greet', ['wörld'])).toBe('hello, wörld')
    expect(runtime.call('demo:hello/numbers@1.0.0#add', [2, 40])).toBe(42)
    expect(runtime.call('demo:hello/numbers#add', [1, 1])).toBe(2)
    expect(runtime.call('demo:hello/numbers#invert', [4])).toBe(0.25)
  })

  it('keeps its state from call to call', async () => {
    using runtime = await start()
    expect([1, 2, 3].map(() => runtime.call('demo:hello/numbers#count'))).toEqual([1n, 2n, 3n])
  })

  it('gives an error with its payload', async () => {
    using runtime = await start()
    expect(() => runtime.call('demo:hello/numbers#invert', [0])).toThrow(
      expect.objectContaining({ code: 'refused', fields: { payload: 'zero has no inverse' } }) as Error,
    )
  })

  it('refuses names and arguments that it does not have', async () => {
    using runtime = await start()
    expect(code(() => runtime.call('wave'))).toBe('unknown-export')
    expect(code(() => runtime.call('constructor'))).toBe('unknown-export')
    expect(code(() => runtime.call('greet'))).toBe('bad-arguments')
    expect(code(() => runtime.call('greet', [5]))).toBe('bad-arguments')
    expect(runtime.call('greet', ['x'])).toBe('hello, x')
  })

  it('starts anew after a trap', async () => {
    const wit = 'package a:b; world w { export next: func() -> u32; export stop: func(); }'
    const wat = `(module (memory (export "memory") 1) (global $n (mut i32) (i32.const 0))
      (func (export "next") (result i32) (global.set $n (i32.add (global.get $n) (i32.const 1))) (global.get $n)) (func (export "stop") unreachable))`
    using runtime = await start(await buildComponent(wat, 'w', wit))
    expect([runtime.call('next'), runtime.call('next')]).toEqual([1, 2])
    expect(code(() => runtime.call('stop'))).toBe('trapped')
    expect(runtime.call('next')).toBe(1)
  })

  it('is refused when disposed', async () => {
    const runtime = await start()
    runtime[Symbol.dispose]()
    expect(code(() => runtime.call('greet', ['x']))).toBe('disposed')
  })
})

it('refuses a component with imports, and what is no component', async () => {
  await expect(start(await typedGuest({ imports: IMPORT.log }))).rejects.toThrow(/without imports/)
  await expect(start(new Uint8Array(0))).rejects.toThrow(/empty file/)
})
