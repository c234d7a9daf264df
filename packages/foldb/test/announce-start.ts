/** The command, saying on standard error that it listens to Ctrl-C: nothing else tells when a test may interrupt it. */
import { delayOptimizer } from '../src/cli/delay-optimizer.ts'
import { main } from '../src/cli/main.ts'

delayOptimizer()
const ended = main(process.argv.slice(2))
process.stderr.write('started\n')
process.exitCode = await ended
