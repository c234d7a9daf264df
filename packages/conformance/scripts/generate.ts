/** Writes every vector again, the checkpoints of the games last: pnpm --filter @foldb/conformance vectors */
const AREAS = [
  'cbor',
  'messages',
  'logs',
  'profile',
  'manifest',
  'history',
  'values',
  'keys',
  'rows',
  'tree',
  'mmr',
  'tables',
  'fold',
  'invalid-components',
  'skirmish-log',
  'checkpoints',
]

for (const area of AREAS) {
  await import(`./${area}.ts`)
  process.stdout.write(`${area}\n`)
}
