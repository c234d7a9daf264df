/** What happens when nobody takes the output. */
import { EXIT } from './exit.ts'

/** Ends the process: quietly when its reader has seen enough (`| head`), as misuse when the output cannot be written. */
export function endWithOutput(error: NodeJS.ErrnoException): never {
  if (error.code === 'EPIPE') process.exit(EXIT.done)
  process.stderr.write(`foldb: cannot write the output: ${error.message} (unwritable-output)\n`)
  process.exit(EXIT.misuse)
}
