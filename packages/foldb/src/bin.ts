#!/usr/bin/env node
/** The `foldb` command. */
import { delayOptimizer } from './cli/delay-optimizer.ts'

const OLDEST_NODE = 22

if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
  process.stderr.write(`foldb: needs Node ${OLDEST_NODE} or newer, got ${process.versions.node}\n`)
  process.exitCode = 2
} else {
  delayOptimizer()
  const [{ main }, { endWithOutput }] = await Promise.all([import('./cli/main.ts'), import('./cli/output.ts')])
  process.stdout.on('error', endWithOutput)
  process.exitCode = await main(process.argv.slice(2))
}
