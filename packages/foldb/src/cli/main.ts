/** Arguments in, an exit code out. */
import { FoldbError } from '@foldb/abi'
import { Command, CommanderError, InvalidArgumentError } from 'commander'
import { build } from './build.ts'
import { check } from './check.ts'
import { derive } from './derive.ts'
import { EXIT } from './exit.ts'
import { interruptible, wasInterrupted } from './interrupt.ts'
import { version } from './version.ts'

/** Runs one command line and gives its exit code: 0 done, 1 the answer is no, 2 wrong use or input, 3 fault, 130 interrupted. */
export async function main(args: readonly string[]): Promise<number> {
  let code: number = EXIT.done
  const program = createProgram((result) => (code = result))
  try {
    await program.parseAsync([...args], { from: 'user' })
    return code
  } catch (error) {
    return report(error)
  }
}

function createProgram(ended: (code: number) => void): Command {
  const program = new Command('foldb')
    .description('fold a message log through a WebAssembly reducer into a PostgreSQL database that is the same on every machine')
    .version(version(), '--version', 'print the version')
    .exitOverride()
    .showHelpAfterError('(foldb --help lists the commands)')
  program
    .command('derive')
    .description('fold a log and print its roots')
    .argument('<log>', 'JSON Lines, or AppData')
    .requiredOption('--reducer <file>', 'component that folds the log')
    .option('--args <json>', 'arguments of init as a JSON object')
    .option('--channel <hex>', '64 hexadecimal digits that name this log (zeros unless given)')
    .option('--to <position>', 'fold only up to this position', position)
    .option('--query <sql>', 'a read to run on the tables at the end')
    .option('--json', 'print one JSON object')
    .action(async (log: string, options) => ended(await interruptible((signal) => derive(log, options, signal))))
  program
    .command('build')
    .description('make a component of a TypeScript reducer')
    .argument('<entry>', 'file that exports `reducer`')
    .option('--out <file>', 'where the component goes (beside the entry unless given)')
    .action(async (entry: string, options) => ended(await build(entry, options)))
  program
    .command('check')
    .description('say whether a component can be run, and why not')
    .argument('<file>', 'component')
    .option('--json', 'print one JSON object')
    .action(async (file: string, options) => ended(await check(file, options)))
  return program
}

function position(text: string): number {
  if (!/^(0|[1-9]\d{0,15})$/.test(text)) throw new InvalidArgumentError(`expected a position, got ${text}`)
  return Number(text)
}

function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.misuse
  if (wasInterrupted(error)) {
    process.stderr.write('foldb: interrupted; nothing was written\n')
    return EXIT.interrupted
  }
  if (FoldbError.is(error)) {
    process.stderr.write(`foldb: ${error.message} (${error.code})\n`)
    return error.name === 'Fault' ? EXIT.fault : EXIT.misuse
  }
  process.stderr.write(`foldb: fault: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  return EXIT.fault
}
