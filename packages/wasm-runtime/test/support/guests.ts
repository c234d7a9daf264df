/** Small reducers in WebAssembly text: a prelude with a bump allocator and the manifest, and what a test puts into it. */
import type { Manifest, Value } from '@foldb/abi'
import { buildComponent, watBytes } from './build-component.ts'
import { Layout, layManifest } from './manifest-bytes.ts'

/** Where data begins; below it are result areas. */
export const DATA = 1024
/** A result area whose bytes are zero: `ok`. */
export const OK = 16
/** Where the bump allocator begins. */
export const HEAP = 32_768

export const COUNTERS: Manifest = {
  name: 'counters',
  version: '1.0.0',
  tables: [
    {
      name: 'counters',
      columns: [
        { name: 'id', type: 'text', nullable: false },
        { name: 'n', type: 'bigint', nullable: false },
        { name: 'share', type: 'double-precision', nullable: true },
      ],
      primaryKey: [0],
      indexes: [],
      checks: [],
      foreignKeys: [],
    },
  ],
  views: [],
  genesis: [],
  messages: [
    { name: 'add', params: [{ name: 'by', type: 'integer', nullable: false }] },
    {
      name: 'note',
      params: [
        { name: 'text', type: 'text', nullable: true },
        { name: 'share', type: 'float', nullable: true },
      ],
    },
  ],
  verdict: '',
}

export interface GuestParts {
  readonly manifest?: Manifest
  /** Module fields: imports of the tests' own, globals, functions. */
  readonly imports?: string
  readonly fields?: string
  /** Instructions of `describe` before its answer. */
  readonly describe?: string
  /** Instructions of `init` and `reduce`; each leaves the address of its answer. */
  readonly init?: string
  readonly reduce?: string
  /** Instructions of the allocator before it answers; the address is on no stack yet. */
  readonly realloc?: string
  /** Replaces the allocator's answer. */
  readonly reallocAnswer?: string
  readonly pages?: number
}

const REALLOC = `
    (local $at i32)
    (local.set $at (i32.and (i32.add (global.get $bump) (i32.sub (local.get $align) (i32.const 1))) (i32.sub (i32.const 0) (local.get $align))))
    (global.set $bump (i32.add (local.get $at) (local.get $size)))`

function moduleText(parts: GuestParts, layout: Layout, functions: string): string {
  return `(module
  ${parts.imports ?? ''}
  (memory (export "memory") ${parts.pages ?? 2})
  (global $bump (mut i32) (i32.const ${HEAP}))
  (data (i32.const ${DATA}) ${watBytes(Uint8Array.from(layout.bytes))})
  (func $realloc (export "cabi_realloc") (param $old i32) (param $oldSize i32) (param $align i32) (param $size i32) (result i32)
    ${REALLOC}
    ${parts.realloc ?? ''}
    ${parts.reallocAnswer ?? '(local.get $at)'})
  ${parts.fields ?? ''}
  ${functions}
)`
}

/** Parts, or what makes them of the addresses in a layout. */
export type Made<T> = T | ((layout: Layout) => T)

const TABLES = 'foldb:reducer/tables@0.1.0'
/** Imports of the typed world, for `imports`. */
export const IMPORT: Readonly<Record<'get' | 'insert' | 'put' | 'delete' | 'scan' | 'entropy' | 'log' | 'json', string>> = {
  get: `(import "${TABLES}" "get" (func $get (param i32 i32 i32 i32 i32)))`,
  insert: `(import "${TABLES}" "insert" (func $insert (param i32 i32 i32 i32 i32)))`,
  put: `(import "${TABLES}" "put" (func $put (param i32 i32 i32 i32 i32)))`,
  delete: `(import "${TABLES}" "delete" (func $delete (param i32 i32 i32 i32 i32)))`,
  scan: `(import "${TABLES}" "scan" (func $scan (param i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)))`,
  entropy: '(import "foldb:reducer/entropy@0.1.0" "bytes" (func $entropy (param i32 i32)))',
  log: '(import "foldb:reducer/log@0.1.0" "write" (func $log (param i32 i32 i32)))',
  json: '(import "foldb:reducer/tables-json@0.1.0" "call" (func $call (param i32 i32 i32)))',
}

/** A component of the typed world. */
export async function typedGuest(of: Made<GuestParts> = {}): Promise<Uint8Array> {
  const layout = new Layout(DATA)
  const parts = typeof of === 'function' ? of(layout) : of
  const manifest = layManifest(layout, parts.manifest ?? COUNTERS)
  const functions = `
  (func (export "foldb:reducer/reducer@0.1.0#describe") (result i32) ${parts.describe ?? ''} (i32.const ${manifest}))
  (func (export "foldb:reducer/reducer@0.1.0#init") (param $args i32) (param $count i32) (result i32) ${parts.init ?? `(i32.const ${OK})`})
  (func (export "foldb:reducer/reducer@0.1.0#reduce") (param $position i64) (param $sender i32) (param $senderLength i32) (param $time i64)
    (param $kind i32) (param $kindLength i32) (param $args i32) (param $count i32) (result i32) ${parts.reduce ?? `(i32.const ${OK})`})`
  return buildComponent(moduleText(parts, layout, functions), 'typed-reducer')
}

/** A text in the data; gives the address of its pointer and length. */
export function place(layout: Layout, text: string | Uint8Array): number {
  const at = layout.reserve(8, 4)
  if (typeof text === 'string') layout.text(at, text)
  else layout.raw(at, text)
  return at
}

/** Instructions for the pointer and length at a place. */
export function at(place: number): string {
  return `(i32.load (i32.const ${place})) (i32.load offset=4 (i32.const ${place}))`
}

/** Instructions for a list of values that is laid into the data. */
export function list(layout: Layout, values: readonly Value[]): string {
  const { at: start, count } = layout.values(values)
  return `(i32.const ${start}) (i32.const ${count})`
}

/** A component of the JSON world. */
export async function jsonGuest(describeText: string, of: Made<GuestParts> = {}): Promise<Uint8Array> {
  const layout = new Layout(DATA)
  const parts = typeof of === 'function' ? of(layout) : of
  const described = place(layout, describeText)
  const answered = `(i32.const ${place(layout, 'null')})`
  const functions = `
  (func (export "foldb:reducer/reducer-json@0.1.0#describe") (result i32) ${parts.describe ?? ''} (i32.const ${described}))
  (func (export "foldb:reducer/reducer-json@0.1.0#init") (param $text i32) (param $length i32) (result i32) ${parts.init ?? answered})
  (func (export "foldb:reducer/reducer-json@0.1.0#reduce") (param $text i32) (param $length i32) (result i32) ${parts.reduce ?? answered})`
  return buildComponent(moduleText(parts, layout, functions), 'json-reducer')
}
