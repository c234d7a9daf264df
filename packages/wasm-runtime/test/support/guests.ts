/** Small reducers in WebAssembly text: a prelude with a bump allocator and the manifest, and what a test puts into it. */
import type { Manifest } from '@foldb/abi'
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
    { name: 'note', params: [{ name: 'text', type: 'text', nullable: true }, { name: 'share', type: 'float', nullable: true }] },
  ],
  verdict: '',
}

export interface GuestParts {
  readonly manifest?: Manifest
  /** Data before the manifest; `layout` gives addresses. */
  readonly data?: (layout: Layout) => void
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

/** A component of the typed world. */
export async function typedGuest(parts: GuestParts = {}): Promise<Uint8Array> {
  const layout = new Layout(DATA)
  parts.data?.(layout)
  const manifest = layManifest(layout, parts.manifest ?? COUNTERS)
  const functions = `
  (func (export "foldb:reducer/reducer@0.1.0#describe") (result i32) ${parts.describe ?? ''} (i32.const ${manifest}))
  (func (export "foldb:reducer/reducer@0.1.0#init") (param $args i32) (param $count i32) (result i32) ${parts.init ?? `(i32.const ${OK})`})
  (func (export "foldb:reducer/reducer@0.1.0#reduce") (param $position i64) (param $sender i32) (param $senderLength i32) (param $time i64)
    (param $kind i32) (param $kindLength i32) (param $args i32) (param $count i32) (result i32) ${parts.reduce ?? `(i32.const ${OK})`})`
  return buildComponent(moduleText(parts, layout, functions), 'typed-reducer')
}

/** A component of the JSON world; `answer` lays a text into the data and gives the address of its place. */
export async function jsonGuest(parts: GuestParts & { describeText: string }): Promise<Uint8Array> {
  const layout = new Layout(DATA)
  const none = layout.reserve(8, 4)
  layout.text(none, 'null')
  const described = layout.reserve(8, 4)
  layout.text(described, parts.describeText)
  parts.data?.(layout)
  const answered = `(i32.const ${none})`
  const functions = `
  (func (export "foldb:reducer/reducer-json@0.1.0#describe") (result i32) ${parts.describe ?? ''} (i32.const ${described}))
  (func (export "foldb:reducer/reducer-json@0.1.0#init") (param $text i32) (param $length i32) (result i32) ${parts.init ?? answered})
  (func (export "foldb:reducer/reducer-json@0.1.0#reduce") (param $text i32) (param $length i32) (result i32) ${parts.reduce ?? answered})`
  return buildComponent(moduleText(parts, layout, functions), 'json-reducer')
}
