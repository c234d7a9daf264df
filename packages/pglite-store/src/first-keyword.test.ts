import { describe, expect, it } from 'vitest'
import { firstKeyword } from './first-keyword.ts'

describe('firstKeyword', () => {
  it.each([
    ['SELECT 1', 'select'],
    ['  \t\r\n(( Table x', 'table'],
    ['-- a comment\nwith x', 'with'],
    ['-- a comment\rdelete from x', 'delete'],
    ['/* a /* nested */ one */ values', 'values'],
    ['/* never closed select', ''],
    ['-- only a comment', ''],
    ['"select" 1', ''],
    ['U&"select"', 'u'],
    ['$1', ''],
    ['', ''],
    ['explain(analyze) select', 'explain'],
    ['select_not', 'select_not'],
    ['/*/ select */ commit', 'commit'],
  ])('of %j is %j', (sql, keyword) => {
    expect(firstKeyword(sql)).toBe(keyword)
  })
})
