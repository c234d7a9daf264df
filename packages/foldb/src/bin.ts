#!/usr/bin/env node
/** The `foldb` command. */
import { main } from './cli/main.ts'
import { endWithOutput } from './cli/output.ts'

process.stdout.on('error', endWithOutput)
process.exitCode = await main(process.argv.slice(2))
