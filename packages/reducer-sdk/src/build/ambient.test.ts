import { describe, expect, it } from 'vitest'
import { FORBIDDEN_GLOBALS, forbidAmbient } from './ambient.ts'

/** A scope with prototypes of its own, so that this process keeps its clock. */
function scope(): Record<string, unknown> {
  const holder = (): { prototype: object } => ({ prototype: {} })
  return { Math: {}, String: holder(), Number: holder(), BigInt: holder(), Object: holder() }
}

describe('forbidAmbient', () => {
  it.each(Object.entries(FORBIDDEN_GLOBALS))('makes %s throw however it is used', (name, why) => {
    const replaced = scope()
    forbidAmbient(replaced)
    const it = replaced[name] as { (): void; new (): object; now?: unknown }
    expect(() => it()).toThrow(`${name} ${why}`)
    expect(() => new it()).toThrow(`${name} ${why}`)
    expect(() => it.now).toThrow(`${name}.now ${why}`)
    expect(() => {
      it.now = 1
    }).toThrow(why)
    expect(Object.prototype.toString.call(it)).toBe('[object Function]')
  })

  it('makes the methods throw that depend on a locale or on chance, and leaves out holders that are not there', () => {
    const replaced = scope()
    forbidAmbient(replaced)
    expect(() => (replaced['Math'] as Math).random()).toThrow('Math.random is not deterministic: use entropy.bytes or entropy.int')
    const { prototype } = replaced['String'] as { prototype: string }
    expect(() => prototype.localeCompare('a')).toThrow('localeCompare depends on the machine')
    expect(() => prototype.toLocaleUpperCase()).toThrow('toLocaleUpperCase depends on the machine')
    expect('Array' in replaced).toBe(false)
  })
})
