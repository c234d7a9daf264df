import { readFileSync } from 'node:fs'
import { DEFAULT_PROFILE, FoldbError, fromHex } from '@foldb/abi'
import { describe, expect, it } from 'vitest'
import { inspectComponent } from '../src/component/inspect.ts'
import { buildComponent, parse } from './support/build-component.ts'
import { IMPORT, jsonGuest, typedGuest } from './support/guests.ts'
import { JSON_MANIFEST, load } from './support/load.ts'

interface Vectors {
  readonly cases: readonly { readonly name: string; readonly input: string; readonly expectedFindings: readonly string[] }[]
}

const path = new URL('../../conformance/vectors/invalid/components.json', import.meta.url)
const { cases } = JSON.parse(readFileSync(path, 'utf8')) as Vectors

describe('inspecting a component', () => {
  it.each(cases)('refuses $name', async ({ input, expectedFindings }) => {
    const bytes = fromHex(input)
    const { findings } = inspectComponent(bytes)
    expect(findings.map(({ code }) => code)).toEqual(expectedFindings)
    for (const { text } of findings) expect(text).toMatch(/expected|cannot be run/)
    await expect(load(bytes)).rejects.toSatisfy(
      (error) =>
        FoldbError.is(error) && error.code === 'bad-component' && (error.fields['findings'] as unknown[]).length === findings.length,
    )
    expect('PWNED' in globalThis).toBe(false)
  })

  it('knows a typed reducer', async () => {
    const inspection = inspectComponent(await typedGuest({ imports: IMPORT.get + IMPORT.log }))
    expect(inspection).toMatchObject({ world: 'typed-reducer', findings: [], exports: ['foldb:reducer/reducer@0.1.0'] })
    expect(inspection.imports).toContain('foldb:reducer/tables@0.1.0')
  })

  it('knows a JSON reducer', async () => {
    expect(inspectComponent(await jsonGuest(JSON_MANIFEST))).toMatchObject({ world: 'json-reducer', findings: [] })
  })

  it('gives a finding for every file that is cut off anywhere, and never throws', async () => {
    const bytes = await typedGuest({ imports: IMPORT.get })
    // Behind the last export only custom sections follow, which a reducer does without.
    const whole = bytes.length - 64
    for (let length = 0; length < whole; length += 7) expect(inspectComponent(bytes.subarray(0, length)).findings).not.toEqual([])
  })

  it('says where a file is cut off', async () => {
    const bytes = await typedGuest()
    const [finding] = inspectComponent(bytes.subarray(0, 1000)).findings
    expect(finding!.offset).toBeLessThanOrEqual(1000)
    await expect(load(bytes.subarray(0, 1000))).rejects.toThrow(/^bad component at byte \d+: expected/)
  })

  it('refuses a component over the profile', async () => {
    const bytes = await typedGuest()
    const profile = { ...DEFAULT_PROFILE, sizes: { ...DEFAULT_PROFILE.sizes, component: bytes.length - 1 } }
    expect(inspectComponent(bytes, profile).findings).toEqual([
      { code: 'too-large', text: expect.stringContaining(`got ${bytes.length}`) as string },
    ])
    expect(inspectComponent(bytes, { ...profile, sizes: { ...profile.sizes, component: bytes.length } }).findings).toEqual([])
  })

  it('refuses a feature that the profile leaves out', async () => {
    const fields =
      '(func (drop (i32.extend8_s (i32.const 1))) (drop (i32.trunc_sat_f32_s (f32.const 1))) (memory.fill (i32.const 0) (i32.const 0) (i32.const 0)) (drop (ref.null func)))'
    const bytes = await typedGuest({ fields })
    expect(inspectComponent(bytes).findings).toEqual([])
    expect(
      inspectComponent(bytes, { ...DEFAULT_PROFILE, features: [] }).findings.map(({ text }) => /got ([a-z-]+):/.exec(text)![1]),
    ).toEqual(['sign-extension', 'nontrapping-float-to-int', 'bulk-memory', 'reference-types'])
  })

  it('allows what a profile adds', async () => {
    const bytes = await typedGuest({ fields: '(func $f (return_call $f))' })
    expect(inspectComponent(bytes).findings.map(({ code }) => code)).toEqual(['unsupported-feature'])
    expect(inspectComponent(bytes, { ...DEFAULT_PROFILE, features: [...DEFAULT_PROFILE.features, 'tail-call'] }).findings).toEqual([])
  })

  it('steps over every instruction of the profile', async () => {
    const everything = `(table $t 2 funcref) (elem $e func $realloc) (data $d "x")
      (func $all (param i32 i64 f32 f64) (result i32) (local $x f64)
        (block (loop (br_if 1 (i32.const 1)) (br 0)))
        (if (result i32) (i32.eqz (local.get 0)) (then (i32.const -2147483648)) (else (i32.const 2147483647))) drop
        (block $b (block $a (br_table $a $b $a (i32.const 0))))
        (drop (select (result i32) (i32.const 1) (i32.const 2) (i32.const 0))) (drop (select (f64.const 1.5) (f64.const 2) (i32.const 0)))
        (drop (i64.const -9223372036854775808)) (drop (f32.const 1.25))
        (drop (i32.load8_s offset=65535 align=1 (i32.const 0))) (i64.store32 (i32.const 0) (i64.const 1))
        (drop (memory.size)) (memory.copy (i32.const 0) (i32.const 0) (i32.const 0)) (memory.init $d (i32.const 0) (i32.const 0) (i32.const 0))
        (drop (table.size $t)) (drop (table.get $t (i32.const 0))) (drop (ref.is_null (ref.func $realloc)))
        (table.copy $t $t (i32.const 0) (i32.const 0) (i32.const 0)) (table.init $t $e (i32.const 0) (i32.const 0) (i32.const 0)) (elem.drop $e)
        (drop (table.grow $t (ref.null func) (i32.const 0))) (table.fill $t (i32.const 0) (ref.null func) (i32.const 0))
        (drop (call_indirect $t (param i32 i32 i32 i32) (result i32) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)))
        (local.set $x (local.tee $x (f64.add (local.get $x) (f64.const nan)))) (nop) (return (i32.const 0)))`
    expect(inspectComponent(await typedGuest({ fields: everything })).findings).toEqual([])
  })

  it('names no more than the component says, whatever bytes are changed', async () => {
    const bytes = await typedGuest({ imports: IMPORT.scan })
    let state = 12345
    const random = (below: number): number => {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0
      return (state >>> 8) % below
    }
    const runs = 400 * Number(process.env['FOLDB_RUNS'] ?? 1)
    for (let run = 0; run < runs; run++) {
      const changed = bytes.slice()
      changed[random(changed.length)] = random(256)
      for (const name of [...inspectComponent(changed).imports, ...inspectComponent(changed).exports]) expect(name).toMatch(/^[ -~]*$/)
    }
  })

  it('refuses components within components beyond the bound, and instances beyond theirs', async () => {
    const nested = `${'(component '.repeat(40)}${')'.repeat(40)}`
    expect(inspectComponent(await parse(nested)).findings.map(({ code }) => code)).toEqual(['too-deep'])
    let bomb = '(component $c0)'
    for (let i = 1; i < 12; i++) bomb += `(component $c${i} ${`(instance (instantiate $d))`.repeat(3)})`.replaceAll('$d', `$c${i - 1}`)
    const wat = `(component ${bomb} (instance (instantiate $c11)))`.replaceAll(
      /\(component \$c(\d+) \(instance/g,
      (_, n: string) => `(component $c${n} (alias outer 1 $c${Number(n) - 1} (component $c${Number(n) - 1})) (instance`,
    )
    expect(inspectComponent(await parse(wat)).findings.map(({ code }) => code)).toEqual(['too-large'])
  })

  it('finds what WIT of another version gives', async () => {
    const wit =
      'package foldb:reducer@0.2.0; interface log { write: func(text: string); } interface reducer { describe: func() -> string; } world typed-reducer { import log; export reducer; }'
    const wat =
      '(module (import "foldb:reducer/log@0.2.0" "write" (func (param i32 i32))) (memory (export "memory") 1) (func (export "foldb:reducer/reducer@0.2.0#describe") (result i32) unreachable))'
    const { findings } = inspectComponent(await buildComponent(wat, 'typed-reducer', wit))
    expect(findings.map(({ code }) => code)).toEqual(['wrong-version', 'wrong-version'])
  })
})
