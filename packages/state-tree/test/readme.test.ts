import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

it('the example of the README runs as it stands', () => {
  const example = /```js\n([\s\S]*?)```/.exec(readFileSync(`${root}README.md`, 'utf8'))![1]!
  const out = execFileSync(process.execPath, ['--conditions=@foldb/source', '--input-type=module', '--eval', example], {
    cwd: root,
    encoding: 'utf8',
  })
  expect(out.trim().split('\n')).toEqual([expect.stringMatching(/^sha256:[0-9a-f]{64}$/), expect.stringMatching(/^1 sha256:[0-9a-f]{64}$/)])
})
