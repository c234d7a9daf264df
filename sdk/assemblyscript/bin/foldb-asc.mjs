#!/usr/bin/env node
/** `foldb-asc <entry.ts> <reducer.wasm>`: builds a reducer component. */
import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { buildReducer } from '../build.mjs'

const [entry, out] = process.argv.slice(2)
if (entry === undefined || out === undefined) {
  console.error('usage: foldb-asc <entry.ts> <reducer.wasm>')
  process.exit(2)
}
try {
  const component = await buildReducer({ entry })
  await writeFile(out, component)
  console.log(`${out}: ${component.length} bytes, sha256:${createHash('sha256').update(component).digest('hex')}`)
} catch (error) {
  console.error(error.message)
  process.exit(1)
}
