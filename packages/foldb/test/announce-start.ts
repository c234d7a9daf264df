/** The command, saying on standard error that it listens to Ctrl-C: nothing else tells when a test may interrupt it. */
import { main } from '../src/cli/main.ts'

const ended = main(process.argv.slice(2))
process.stderr.write('started\n')
process.exitCode = await ended
