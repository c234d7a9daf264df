/** Components that are unusual but right, and some that are wrong in ways only the linker sees. */
import { FoldbError, type Manifest } from '@foldb/abi'
import { describe, expect, it } from 'vitest'
import { inspectComponent } from '../src/component/inspect.ts'
import { trimGlue } from '../src/link/generate.ts'
import { parse } from './support/build-component.ts'
import { typedGuest } from './support/guests.ts'
import { message, recordingHost } from './support/host.ts'
import { load } from './support/load.ts'

const FULL: Manifest = {
  name: 'full',
  version: '2',
  tables: [
    {
      name: 'units',
      columns: [
        { name: 'id', type: 'integer', nullable: false },
        { name: 'cost', type: { numeric: { precision: 12, scale: 2 } }, nullable: true },
        { name: 'home', type: 'text', nullable: true },
        { name: 'share', type: 'double-precision', nullable: true },
      ],
      primaryKey: [0],
      indexes: [
        {
          name: 'units_home',
          columns: [2, 0],
          unique: true,
          where: [
            { column: 2, comparison: 'is-not-null', operand: { constant: null } },
            { column: 2, comparison: 'not-equal', operand: { constant: 'née' } },
          ],
        },
      ],
      checks: [
        {
          name: 'units_share',
          all: [
            { column: 3, comparison: 'greater', operand: { constant: 0.5 } },
            { column: 0, comparison: 'less-or-equal', operand: { column: 0 } },
          ],
        },
      ],
      foreignKeys: [{ name: 'units_home_fkey', columns: [2], references: 'homes' }],
    },
    {
      name: 'homes',
      columns: [{ name: 'name', type: 'text', nullable: false }],
      primaryKey: [0],
      indexes: [],
      checks: [],
      foreignKeys: [],
    },
  ],
  views: [{ name: 'cheap', query: 'SELECT id FROM units WHERE cost < 10' }],
  genesis: [{ name: 'size', type: 'bytes', nullable: true }],
  messages: [{ name: 'go', params: [{ name: 'flag', type: 'boolean', nullable: false }] }],
  verdict: '',
}

const RUNNING = `
  (core module $m (memory (export "memory") 1) (data (i32.const 64) "null") (data (i32.const 32) "\\40\\00\\00\\00\\04\\00\\00\\00")
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 1024))
    (func (export "describe") (result i32) (i32.const 32)) (func (export "call") (param i32 i32) (result i32) (i32.const 32)) BODY)
  (core instance $c (instantiate $m))
  (func $describe (result string) (canon lift (core func $c "describe") (memory (core memory $c "memory"))))
  (func $init (param "args" string) (result string) (canon lift (core func $c "call") (memory (core memory $c "memory")) (realloc (core func $c "realloc"))))
  (func $reduce (param "message" string) (result string) (canon lift (core func $c "call") (memory (core memory $c "memory")) (realloc (core func $c "realloc"))))
  (instance $i (export "describe" (func $describe)) (export "init" (func $init)) (export "reduce" (func $reduce)))
  (export "foldb:reducer/reducer-json@0.1.0" (instance $i))`
const reducerText = (body: string, more = ''): string => `(component ${more} ${RUNNING.replace('BODY', body)})`

describe('a typed manifest', () => {
  it('is read in full: indexes, conditions, checks, references, views', async () => {
    const reducer = await load(await typedGuest({ manifest: FULL }))
    expect(reducer.manifest).toEqual(FULL)
  })

  it.each([
    ['a column type', { columns: [{ name: 'id', type: 'nonsense', nullable: false }] }],
    ['a comparison', { checks: [{ name: 'c', all: [{ column: 0, comparison: 'nonsense', operand: { column: 0 } }] }] }],
  ])('is refused for %s of no case', async (_, table) => {
    const manifest = { ...FULL, tables: [{ ...FULL.tables[1]!, ...table }] } as Manifest
    await expect(typedGuest({ manifest }).then((bytes) => load(bytes))).rejects.toThrow(/expected a case/)
  })
})

describe('a component', () => {
  it('may define types of every kind and carry components that it never uses', async () => {
    const extra = `
      (type (record (field "a" u8) (field "b" s16))) (type (flags "x" "y")) (type (tuple u8 char f32)) (type (option bool)) (type (result))
      (type (result u8 (error string))) (type (enum "one" "two")) (type $r (resource (rep i32))) (type (own $r)) (type (borrow $r)) (type string)
      (type (func (param "a" s8) (result u16))) (type (func)) (core type (func (param i32) (result i64)))
      (core type (module (type (func)) (import "a" "f" (func (type 0))) (import "a" "t" (table 1 2 funcref)) (import "a" "m" (memory 1)) (export "g" (global (mut i32)))))
      (type (component (type u8) (import "x" (type (eq 0))) (export "y" (func))))
      (core func (canon resource.new $r)) (core func (canon resource.drop $r)) (core func (canon resource.rep $r))
      (component (import "in" (func)) (export "out" (func 0)) (import "t" (type (sub resource))) (import "m" (core module)) (import "i" (instance (export "f" (func)))))
      (component $inner (import "m" (core module $m)) (core instance (instantiate $m)))
      (core module $empty) (instance (instantiate $inner (with "m" (core module $empty))))`
    expect(inspectComponent(await parse(reducerText('', extra))).findings).toEqual([])
  })

  it('is refused with what the linker says when its code is not valid', async () => {
    const bytes = await parse(reducerText('(func (result i32) (i64.const 1))'))
    expect(inspectComponent(bytes).findings).toEqual([])
    const refused = await load(bytes).catch((error: unknown) => error)
    expect(FoldbError.is(refused) && refused.code).toBe('bad-component')
    expect(FoldbError.is(refused) && refused.fields['findings']).toMatchObject([{ code: 'invalid' }])
  })

  it.each([
    ['an instance of nothing', '(core instance (instantiate 7))'],
    ['an argument that is not there', '(component $x (import "in" (func))) (instance (instantiate $x))'],
    ['an export that is not there', '(component $x) (instance $y (instantiate $x)) (alias export $y "f" (func))'],
    ['a type that is not there', '(import "f" (func (type 9)))'],
    ['a function for a field', '(type $f (func)) (type (list $f))'],
    ['a name twice', '(component $x) (instance (instantiate $x (with "a" (component $x)) (with "a" (component $x))))'],
  ])('is refused when it refers to %s', async (_, extra) => {
    expect(inspectComponent(await parse(`(component ${extra})`)).findings.map(({ code }) => code)).toEqual(['malformed'])
  })

  it('runs the module it names, not a larger one beside it', async () => {
    const decoy = `(core module $decoy (memory (export "memory") 1) (data (i32.const 0) "${'x'.repeat(5000)}") (func (export "call") (param i32 i32) (result i32) unreachable)
      (func (export "describe") (result i32) unreachable)) (core instance $d (instantiate $decoy))`
    const text = reducerText('', decoy)
      .replace('"null"', `"${MANIFEST.replaceAll('"', '\\"')}"`)
      .replace('\\04\\00\\00\\00', `\\${MANIFEST.length.toString(16)}\\00\\00\\00`)
    const reducer = await load(await parse(text))
    expect(reducer.manifest.name).toBe('m')
    // Its one answer is its manifest, which is no answer to a message.
    expect(reducer.reduce(message([]), recordingHost()).outcome.status).toBe('trapped')
  })

  it.each([
    ['answers', '(i32.add (local.get 0) (i32.const 1))', 'applied'],
    ['traps', 'unreachable', 'trapped'],
  ])('may call a component within it, which %s', async (_, body, status) => {
    const reducer = await load(await parse(calling(body)))
    // Twice: what the first call leaves behind may not stop the second.
    for (const _call of [1, 2]) expect(reducer.reduce(message([]), recordingHost()).outcome.status).toBe(status)
  })
})

/** A reducer that calls a function of another component before each answer, as QuickJS does to write to its stderr. */
function calling(body: string): string {
  const inner = `(component $inner (core module $n (func (export "f") (param i32) (result i32) ${body})) (core instance $x (instantiate $n))
      (func (export "f") (param "n" u32) (result u32) (canon lift (core func $x "f"))))
    (instance $y (instantiate $inner)) (core func $lowered (canon lower (func $y "f")))`
  return reducerText('', inner)
    .replace('(memory (export', '(import "in" "f" (func $f (param i32) (result i32))) (memory (export')
    .replace('(instantiate $m)', '(instantiate $m (with "in" (instance (export "f" (func $lowered)))))')
    .replace(
      '(result i32) (i32.const 32)) )',
      '(result i32) (if (i32.ne (call $f (i32.const 7)) (i32.const 8)) (then unreachable)) (i32.const 512)))',
    )
    .replace('\\04\\00\\00\\00', `\\${MANIFEST.length.toString(16)}\\00\\00\\00`)
    .replace(
      '"null")',
      `"${MANIFEST.replaceAll('"', '\\"')}") (data (i32.const 512) "\\08\\02\\00\\00\\04\\00\\00\\00") (data (i32.const 520) "null")`,
    )
}

const MANIFEST = '{"name":"m","version":"1","tables":[],"views":[],"genesis":[],"messages":[],"verdict":""}'

describe('glue', () => {
  it('loses what is for debugging, also around quotes and brackets, and blocks for newer engines', () => {
    const debug = '  const _debugLog = (...args) => {\n    if (x) { console.log(args); }\n  };'
    const promising = 'try {\n    f0 = WebAssembly.promising(exports1.f);\n  } catch(err) {\n    f0 = exports1.f;\n  }'
    expect(trimGlue(`_debugLog('a)"\\'', (1), "(");b();${promising}`)).toBe('void 0;b();f0 = exports1.f;')
    expect(trimGlue(debug)).not.toContain('_debugLog(')
  })
})
