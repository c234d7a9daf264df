import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { REDUCER_PACKAGE, WORLDS } from '../src/world.ts'

const wit = await readFile(join(import.meta.dirname, '../wit/reducer.wit'), 'utf8')

/** Names after `keyword` in the text of each `world <name> { … }`, with what it includes. */
function worldItems(world: string, keyword: 'import' | 'export'): string[] {
  const body = new RegExp(`^world ${world} \\{([^}]*)\\}`, 'm').exec(wit)?.[1] ?? ''
  const included = [...body.matchAll(/include ([a-z-]+);/g)].flatMap((match) => worldItems(match[1]!, keyword))
  return [...included, ...[...body.matchAll(new RegExp(`${keyword} ([a-z-]+);`, 'g'))].map((match) => match[1]!)]
}

describe('the names of the WIT', () => {
  it('are the package and version of the contract', () => {
    expect(wit).toContain(`package ${REDUCER_PACKAGE.name}@${REDUCER_PACKAGE.version};`)
  })

  it.each(Object.entries(WORLDS))('of world %s are those of the table', (world, { imports, exports }) => {
    expect(worldItems(world, 'import').sort()).toEqual(imports.filter((name) => name !== 'types').sort())
    expect(worldItems(world, 'export')).toEqual([exports])
  })

  it('are all worlds', () => {
    const names = [...wit.matchAll(/^world ([a-z-]+) \{/gm)].map((match) => match[1]!)
    expect(new Set(names)).toEqual(new Set(Object.keys(WORLDS)))
  })
})
