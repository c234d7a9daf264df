import { DEFAULT_PROFILE } from '@foldb/abi'
import { describe, expect, it } from 'vitest'
import { thrown } from '../test/vectors.ts'
import { encodeCbor } from './cbor-encode.ts'
import { checkProfile, encodeProfile, parseProfile, profileDigest } from './profile.ts'

describe('profiles', () => {
  it('come back from their bytes', () => {
    expect(parseProfile(encodeProfile(DEFAULT_PROFILE))).toEqual(DEFAULT_PROFILE)
  })

  it('have another digest with any other number', () => {
    const other = { ...DEFAULT_PROFILE, fuel: { ...DEFAULT_PROFILE.fuel, message: 7 } }
    expect(profileDigest(other)).not.toEqual(profileDigest(DEFAULT_PROFILE))
  })

  it('have a ceiling and a floor for every number', () => {
    const walk = (value: object, path: string[]): void => {
      for (const [name, one] of Object.entries(value)) {
        if (typeof one === 'object' && !Array.isArray(one)) walk(one as object, [...path, name])
        else if (typeof one === 'number') for (const wrong of [2 ** 50, -1, 0.5, '1', null]) refused([...path, name], wrong)
      }
    }
    const refused = (path: string[], wrong: unknown): void => {
      const copy = structuredClone(DEFAULT_PROFILE) as unknown as Record<string, unknown>
      const parent = path.slice(0, -1).reduce((at, step) => at[step] as Record<string, unknown>, copy)
      parent[path.at(-1)!] = wrong
      expect(thrown(() => checkProfile(copy)).fields).toMatchObject({ path: path.join('.') })
    }
    walk(DEFAULT_PROFILE, [])
  })

  it('are refused when they are too long or no CBOR', () => {
    expect(thrown(() => parseProfile(new Uint8Array(65_537))).code).toBe('profile-refused')
    expect(thrown(() => parseProfile(Uint8Array.of(0xff))).code).toBe('bad-cbor')
    expect(thrown(() => parseProfile(encodeCbor([]))).code).toBe('profile-refused')
  })
})
