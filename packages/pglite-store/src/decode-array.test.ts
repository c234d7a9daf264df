import { describe, expect, it } from 'vitest'
import { decodeArray } from './decode-array.ts'

describe('decodeArray', () => {
  it.each<[string, unknown[]]>([
    ['{}', []],
    ['{a}', ['a']],
    ['{a,NULL,"NULL",""}', ['a', null, 'NULL', '']],
    ['{"a\\"b\\\\","{,}"}', ['a"b\\', '{,}']],
    [
      '{{a,b},{c,d}}',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['[0:1]={a,b}', ['a', 'b']],
    ['{{{a}}}', [[['a']]]],
  ])('reads %s', (text, expected) => {
    expect(decodeArray(text, (element) => element)).toEqual(expected)
  })
})
