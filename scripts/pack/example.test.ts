import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { commandsOf, exampleOf, packagesImportedBy } from './example.mjs'

function readme(text: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'foldb-readme-')), 'README.md')
  writeFileSync(file, text)
  return file
}

describe('exampleOf', () => {
  it('takes the first block that imports the package', () => {
    const file = readme("```sh\nnpm i foldb\n```\n```ts\nlet x\n```\n```ts\nimport 'a'\nimport { b } from '@foldb/abi'\n```\n")
    expect(exampleOf('@foldb/abi', file)).toMatchObject({ typed: true, code: "import 'a'\nimport { b } from '@foldb/abi'\n" })
  })

  it('prefers a block that is marked runs', () => {
    const file = readme("```ts\nimport { b } from 'foldb'\n```\n```js runs\n1 + 1\n```\n")
    expect(exampleOf('foldb', file)).toMatchObject({ typed: false, code: '1 + 1\n' })
  })

  it('finds none where there is none', () => {
    expect(exampleOf('foldb', readme('```ts\nlet x\n```\n'))).toBeUndefined()
    expect(exampleOf('foldb', '/nowhere/README.md')).toBeUndefined()
  })
})

describe('commandsOf', () => {
  it('finds the commands of the package alone', () => {
    const file = readme('```sh\nnpm install kit\nnpx kit-build a.ts a.wasm\nnpx other x\n```\n```ts\nnpx kit-build b.ts\n```\n')
    expect(commandsOf(file, ['kit-build'])).toEqual([['kit-build', 'a.ts', 'a.wasm']])
  })
})

describe('packagesImportedBy', () => {
  it('names each package once, without its paths', () => {
    const code =
      "import { a } from 'foldb'\nimport b from '@foldb/abi/x.json'\nimport c from 'foldb/testing'\nimport d from 'node:fs'\nimport e from './e.ts'"
    expect(packagesImportedBy(code)).toEqual(['foldb', '@foldb/abi'])
  })
})
