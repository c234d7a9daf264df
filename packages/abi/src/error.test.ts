import { describe, expect, it } from 'vitest'
import { DbError, Fault, FoldbError } from './error.ts'

describe('FoldbError', () => {
  it('carries a code, fields and a cause', () => {
    const cause = new Error('disk')
    const error = new FoldbError('bad-message', 'expected a map, got text', { fields: { position: 4, offset: 17 }, cause })
    expect(error).toMatchObject({
      name: 'FoldbError',
      code: 'bad-message',
      message: 'expected a map, got text',
      fields: { position: 4, offset: 17 },
      cause,
    })
  })

  it('has no cause and empty fields when none are given', () => {
    const error = new FoldbError('bad-hex', 'text')
    expect('cause' in error).toBe(false)
    expect(error.fields).toEqual({})
  })

  it('is recognised across copies of the package by its symbol', () => {
    const stranger = Object.assign(new Error('text'), { [Symbol.for('foldb.error')]: true })
    expect(FoldbError.is(new FoldbError('a', 'b'))).toBe(true)
    expect(FoldbError.is(new Fault('a', 'b'))).toBe(true)
    expect(FoldbError.is(stranger)).toBe(true)
  })

  it.each([new Error('x'), null, undefined, 'bad-hex', { code: 'bad-hex' }, new DbError('23505')])('does not recognise %s', (value) => {
    expect(FoldbError.is(value)).toBe(false)
  })

  it('keeps its mark out of what is printed and copied', () => {
    const copy = Object.assign({}, new FoldbError('a', 'b'))
    expect(copy).toEqual({ name: 'FoldbError', code: 'a', fields: {} })
    expect(Object.getOwnPropertySymbols(copy)).toEqual([])
  })
})

describe('Fault', () => {
  it('is a FoldbError with a name of its own', () => {
    const fault = new Fault('engine-stack', 'expected an answer, got a RangeError')
    expect(fault).toBeInstanceOf(FoldbError)
    expect(fault.name).toBe('Fault')
  })
})

describe('DbError', () => {
  it('says the SQLSTATE and the constraint', () => {
    expect(new DbError('23505', 'units_cell')).toMatchObject({
      name: 'DbError',
      sqlstate: '23505',
      constraint: 'units_cell',
      message: '23505 units_cell',
    })
    expect(new DbError('42804')).toMatchObject({ constraint: '', message: '42804' })
  })

  it('is recognised across copies and never taken for a FoldbError', () => {
    expect(DbError.is(new DbError('42804'))).toBe(true)
    expect(DbError.is(Object.assign(new Error(''), { [Symbol.for('foldb.db-error')]: true }))).toBe(true)
    expect(DbError.is(new FoldbError('42804', ''))).toBe(false)
    expect(DbError.is(null)).toBe(false)
    expect(FoldbError.is(new DbError('42804'))).toBe(false)
  })
})
