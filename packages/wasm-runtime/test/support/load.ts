/** Loads test guests without touching the user's cache directory. */
import type { Reducer } from '@foldb/derivation-core'
import { loadReducer, type LoadOptions } from '../../src/load-reducer.ts'
import { type GuestParts, jsonGuest, type Made, typedGuest } from './guests.ts'

export function load(bytes: Uint8Array, options: LoadOptions = {}): Promise<Reducer> {
  return loadReducer(bytes, { glueDirectory: false, ...options })
}

export async function typed(parts?: Made<GuestParts>, options?: LoadOptions): Promise<Reducer> {
  return load(await typedGuest(parts), options)
}

export const JSON_MANIFEST: string = JSON.stringify({
  name: 'notes',
  version: '1',
  tables: [
    {
      name: 'notes',
      columns: [
        { name: 'id', type: 'text', nullable: false },
        { name: 'share', type: 'double-precision', nullable: true },
        { name: 'n', type: 'bigint', nullable: true },
        { name: 'raw', type: 'bytea', nullable: true },
        { name: 'flag', type: 'boolean', nullable: true },
      ],
      'primary-key': [0],
      indexes: [],
      checks: [],
      'foreign-keys': [],
    },
  ],
  views: [],
  genesis: [{ name: 'seed', type: 'float', nullable: true }],
  messages: [
    {
      name: 'note',
      params: [
        { name: 'share', type: 'float', nullable: true },
        { name: 'text', type: 'text', nullable: true },
      ],
    },
  ],
  verdict: '',
})

export async function json(parts?: Made<GuestParts>, options?: LoadOptions): Promise<Reducer> {
  return load(await jsonGuest(JSON_MANIFEST, parts), options)
}
