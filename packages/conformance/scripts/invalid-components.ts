/** Writes vectors/invalid/components.json: component text and edited bytes, with the codes of the findings each must give. */
import { writeFileSync } from 'node:fs'
import { toHex } from '@foldb/abi'
import { parse } from '../../wasm-runtime/test/support/build-component.ts'

interface Case {
  readonly name: string
  readonly bytes: Uint8Array
  readonly findings: readonly string[]
}

const cases: Case[] = []
const REDUCER = 'foldb:reducer/reducer@0.1.0'
const MISSING = 'missing-export'

function add(name: string, bytes: Uint8Array, ...findings: string[]): void {
  cases.push({ name, bytes, findings })
}

async function text(name: string, wat: string, ...findings: string[]): Promise<void> {
  add(name, await parse(wat), ...findings)
}

const bytes = (...parts: (number | string)[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'number' ? [part] : [...new TextEncoder().encode(part)])))
const COMPONENT = [0, 'asm', 0x0d, 0, 1, 0]

add('an empty file', bytes(), 'empty')
add('a text file', bytes('#!/bin/sh\n'), 'not-wasm')
add('two bytes of the magic', bytes(0, 'a'), 'truncated')
add('a core module', bytes(0, 'asm', 1, 0, 0, 0), 'core-module')
add('an old version of the component format', bytes(0, 'asm', 0x0a, 0, 1, 0), 'wrong-version')
add('a section cut off', bytes(...COMPONENT, 7, 5, 1), 'truncated')
add('a section whose length never ends', bytes(...COMPONENT, 7, 0xff, 0xff, 0xff, 0xff, 0xff), 'malformed')
add('a section of another format', bytes(...COMPONENT, 13, 0), 'unknown-section')
add('a value section', bytes(...COMPONENT, 12, 1, 0), 'unknown-section')
add('a start section', bytes(...COMPONENT, 9, 3, 0, 0, 0), 'unknown-section')
add('a byte behind the last item of a section', bytes(...COMPONENT, 7, 3, 1, 0x7f, 0), 'malformed')
add('more items than bytes', bytes(...COMPONENT, 7, 1, 0x7f), 'truncated')
add('a section name that is not UTF-8', bytes(...COMPONENT, 0, 2, 1, 0xff), 'malformed')
await text('a component that exports nothing', '(component)', MISSING)
await text('wasi', '(component (import "wasi:clocks/wall-clock@0.2.0" (instance)))', 'wasi-import', MISSING)
await text('another package', '(component (import "acme:db/rows@1.0.0" (instance)))', 'foreign-import', MISSING)
await text('a bare function', '(component (import "now" (func)))', 'foreign-import', MISSING)
await text('an interface that does not exist', '(component (import "foldb:reducer/files@0.1.0" (instance)))', 'foreign-import', MISSING)
await text('the sql tier', '(component (import "foldb:reducer/sql@0.1.0" (instance)))', 'sql-import', MISSING)
await text('the sql tier of the JSON world', '(component (import "foldb:reducer/sql-json@0.1.0" (instance)))', 'sql-import', MISSING)
await text('tables of another version', '(component (import "foldb:reducer/tables@0.2.0" (instance)))', 'wrong-version', MISSING)
await text('tables without a version', '(component (import "foldb:reducer/tables" (instance)))', 'wrong-version', MISSING)
await text(
  'a function of another type',
  '(component (import "foldb:reducer/entropy@0.1.0" (instance (export "bytes" (func (param "count" u64) (result (list u8)))))))',
  'wrong-type',
  MISSING,
)
await text(
  'a function that the interface does not have',
  '(component (import "foldb:reducer/entropy@0.1.0" (instance (export "seed" (func)))))',
  'wrong-type',
  MISSING,
)
await text(
  'a resource in an interface',
  '(component (import "foldb:reducer/types@0.1.0" (instance (export "row" (type (sub resource))))))',
  'wrong-type',
  MISSING,
)
await text(
  'a reducer of another version',
  `(component (instance $i) (export "foldb:reducer/reducer@0.2.0" (instance $i)))`,
  'wrong-version',
)
await text('a reducer without its functions', `(component (instance $i) (export "${REDUCER}" (instance $i)))`, MISSING, MISSING, MISSING)
await text(
  'both worlds at once',
  `(component (instance $i) (export "${REDUCER}" (instance $i)) (export "foldb:reducer/reducer-json@0.1.0" (instance $i)))`,
  'wrong-world',
)
await text(
  'a reducer whose functions have other types',
  `(component (core module $m (func (export "f"))) (core instance $c (instantiate $m)) (func $f (canon lift (core func $c "f")))
    (instance $i (export "describe" (func $f)) (export "init" (func $f)) (export "reduce" (func $f))) (export "${REDUCER}" (instance $i)))`,
  'wrong-type',
  'wrong-type',
  'wrong-type',
)
await text(
  'a reducer whose functions are imported',
  `(component (import "f" (func $f (result string))) (import "g" (func $g (param "args" string) (result string))) (import "h" (func $h (param "message" string) (result string)))
    (instance $i (export "describe" (func $f)) (export "init" (func $g)) (export "reduce" (func $h))) (export "foldb:reducer/reducer-json@0.1.0" (instance $i)))`,
  ...Array<string>(3).fill('foreign-import'),
  ...Array<string>(3).fill('unsupported-export'),
)

const JSON_REDUCER = (options: string): string => `(component
  (core module $m (memory (export "memory") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable)
    (func (export "describe") (result i32) unreachable) (func (export "call") (param i32 i32) (result i32) unreachable))
  (core instance $c (instantiate $m))
  (func $describe (result string) (canon lift (core func $c "describe") (memory (core memory $c "memory")) ${options}))
  (func $init (param "args" string) (result string) (canon lift (core func $c "call") (memory (core memory $c "memory")) (realloc (core func $c "realloc")) ${options}))
  (func $reduce (param "message" string) (result string) (canon lift (core func $c "call") (memory (core memory $c "memory")) (realloc (core func $c "realloc")) ${options}))
  (instance $i (export "describe" (func $describe)) (export "init" (func $init)) (export "reduce" (func $reduce)))
  (export "foldb:reducer/reducer-json@0.1.0" (instance $i)))`
await text('strings in UTF-16', JSON_REDUCER('string-encoding=utf16'), ...Array<string>(3).fill('unsupported-encoding'))
await text(
  'an asynchronous lift',
  '(component (core module $m (func (export "f"))) (core instance $c (instantiate $m)) (func (canon lift (core func $c "f") async)))',
  'unsupported-canon',
)
await text(
  'tables of the other world',
  JSON_REDUCER('string-encoding=utf8').replace('(component', '(component (import "foldb:reducer/tables@0.1.0" (instance))'),
  'wrong-world',
)

const INJECTION = "x':0,[globalThis.PWNED=1]:0,'y"
const NAMES: readonly (readonly [string, string])[] = [
  ['a quote that ends a string', INJECTION],
  ['a double quote', 'a\\"b'],
  ['a backtick', 'a`b'],
  ['a backslash', 'a\\\\b'],
  ['a line break', 'a\\nb'],
  ['a line separator', 'a\\u{2028}b'],
  ['a letter beyond ASCII', 'é'],
  ['__proto__', '__proto__'],
]
for (const [what, name] of NAMES)
  await text(`a core import of ${what}`, `(component (core module (import "${name}" "f" (func))))`, MISSING, 'unsafe-name')
await text('a core import field that ends a string', `(component (core module (import "m" "${INJECTION}" (func))))`, MISSING, 'unsafe-name')
await text('a core export that ends a string', `(component (core module (func (export "${INJECTION}"))))`, MISSING, 'unsafe-name')
await text(
  'a decoy module in a component that is never used',
  `(component (component (component (core module (import "${INJECTION}" "f" (func))))))`,
  MISSING,
  'unsafe-name',
)
await text(
  'an instantiation argument that ends a string',
  `(component (core module $m) (core instance $c) (core instance (instantiate $m (with "${INJECTION}" (instance $c)))))`,
  'unsafe-name',
)
await text(
  'an inline export that ends a string',
  `(component (core module $m (func (export "f"))) (core instance $c (instantiate $m)) (core instance (export "${INJECTION}" (func $c "f"))))`,
  'unsafe-name',
)
await text(
  'an alias that ends a string',
  `(component (core module $m) (core instance $c (instantiate $m)) (alias core export $c "${INJECTION}" (core func)))`,
  'unsafe-name',
)
await text('a field of a type that ends a string', `(component (type (record (field "${INJECTION}" u8))))`, 'unsafe-name')

const core = (fields: string): string => `(component (core module ${fields}))`
await text('SIMD', core('(func (drop (v128.const i64x2 0 0)))'), MISSING, 'unsupported-feature')
await text('threads', core('(memory 1 1 shared)'), MISSING, 'unsupported-feature')
await text('atomics', core('(memory 1) (func (atomic.fence))'), MISSING, 'unsupported-feature')
await text('tail calls', core('(func $f (return_call $f))'), MISSING, 'unsupported-feature')
await text('exceptions', core('(tag $t) (func (throw $t))'), MISSING, 'unsupported-feature')
await text('a try_table', core('(func (block (try_table (catch_all 0))))'), MISSING, 'unsupported-feature')
await text('typed references', core('(type $f (func)) (func (param (ref $f)) (call_ref $f (local.get 0)))'), MISSING, 'unsupported-feature')
await text('64-bit memory', core('(memory i64 1)'), MISSING, 'unsupported-feature')
await text('two memories', core('(memory 1) (memory 1)'), MISSING, 'unsupported-feature')
await text('a memory over the profile', core('(memory 1025)'), MISSING, 'too-large')
await text('a table of a billion entries', core('(table 1000000000 funcref)'), MISSING, 'too-large')
await text(
  'an export with a name of the runtime',
  core('(global (export "__foldb_global_0") (mut i32) (i32.const 0))'),
  MISSING,
  'reserved-name',
)
add('a core module that is cut off', bytes(...COMPONENT, 1, 9, 0, 'asm', 1, 0, 0, 0, 1), MISSING, 'truncated')

const out = {
  description:
    'Files that are no reducer component of foldb:reducer@0.1.0 under the default profile, and the codes of all findings, in order.',
  cases: cases.map(({ name, bytes: input, findings }) => ({ name, input: toHex(input), expectedFindings: findings })),
}
writeFileSync(new URL('../vectors/invalid/components.json', import.meta.url), `${JSON.stringify(out, undefined, 2)}\n`)
