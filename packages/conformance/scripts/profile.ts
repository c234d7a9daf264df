/** Writes vectors/profile.json and vectors/invalid/profile.json: node --conditions=@foldb/source packages/conformance/scripts/profile.ts */
import { DEFAULT_PROFILE } from '@foldb/abi'
import { hex, oracle, tagged, writeVectors } from './vector-file.ts'

const small = { ...DEFAULT_PROFILE, stateBytes: 1_048_576, sizes: { ...DEFAULT_PROFILE.sizes, message: 1024 } }
const wasi = { ...DEFAULT_PROFILE, wasi: 'virtual:0.17.9' }

writeVectors(
  'profile',
  'Profile documents, their bytes and digests: protocol §5.',
  Object.entries({ default: DEFAULT_PROFILE, 'small messages and a small state': small, 'with a virtual WASI': wasi }).map(
    ([name, profile]) => ({
      name,
      profile,
      bytes: hex(oracle(profile)),
      digest: hex(tagged('foldb/profile/v1', oracle(profile))),
    }),
  ),
)

const refused: Record<string, unknown> = {
  'not a map': [],
  'another version': { ...DEFAULT_PROFILE, version: 2 },
  'an unknown field': { ...DEFAULT_PROFILE, threads: 1 },
  'an unknown field inside': { ...DEFAULT_PROFILE, fuel: { ...DEFAULT_PROFILE.fuel, view: 1 } },
  'a field missing': Object.fromEntries(Object.entries(DEFAULT_PROFILE).filter(([name]) => name !== 'stackBytes')),
  'a field missing inside': { ...DEFAULT_PROFILE, fuel: { message: 1, init: 1 } },
  'fuel of 2^62': { ...DEFAULT_PROFILE, fuel: { ...DEFAULT_PROFILE.fuel, message: 2n ** 62n } },
  'fuel of 2^40+1': { ...DEFAULT_PROFILE, fuel: { ...DEFAULT_PROFILE.fuel, init: 2 ** 40 + 1 } },
  'no fuel': { ...DEFAULT_PROFILE, fuel: { ...DEFAULT_PROFILE.fuel, message: 0 } },
  '65 536 memory pages': { ...DEFAULT_PROFILE, memoryPages: 65_536 },
  'a stack of 2 MiB': { ...DEFAULT_PROFILE, stackBytes: 2_097_152 },
  'keys of 256 bytes': { ...DEFAULT_PROFILE, sizes: { ...DEFAULT_PROFILE.sizes, key: 256 } },
  '1025 tables': { ...DEFAULT_PROFILE, numbers: { ...DEFAULT_PROFILE.numbers, tables: 1025 } },
  '33 indexes': { ...DEFAULT_PROFILE, numbers: { ...DEFAULT_PROFILE.numbers, indexes: 33 } },
  'a negative number': { ...DEFAULT_PROFILE, stateBytes: -1 },
  'half a page': { ...DEFAULT_PROFILE, memoryPages: 0.5 },
  'a number as text': { ...DEFAULT_PROFILE, memoryPages: '1024' },
  'an unknown feature': { ...DEFAULT_PROFILE, features: ['threads'] },
  'a feature twice': { ...DEFAULT_PROFILE, features: ['multi-value', 'multi-value'] },
  'features in another order': { ...DEFAULT_PROFILE, features: ['multi-value', 'bulk-memory'] },
  'features as a map': { ...DEFAULT_PROFILE, features: {} },
  'another wasi': { ...DEFAULT_PROFILE, wasi: 'preview2' },
  'no wasi': { ...DEFAULT_PROFILE, wasi: null },
}
writeVectors(
  'invalid/profile',
  'Documents that are refused, whatever their digest: protocol §5.',
  Object.entries(refused).map(([name, profile]) => ({ name, bytes: hex(oracle(profile)) })),
)
