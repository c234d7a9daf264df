/** A synchronous client of one PGlite: simple and extended protocol over the transport. */
import type { PostgresModule } from './postgres-module.ts'
import { Transport } from './transport.ts'
import { readReply, type Reply } from './wire-reader.ts'
import { type WireParam, WireWriter } from './wire-writer.ts'

export class Client {
  readonly module: PostgresModule
  readonly writer: WireWriter = new WireWriter()
  readonly #transport: Transport

  constructor(module: PostgresModule) {
    this.module = module
    this.#transport = new Transport(module)
  }

  /** Sends what the writer holds; an error of PostgreSQL comes back in the reply. */
  exchange(): Reply {
    return readReply(this.#transport.send(this.writer.take()))
  }

  /**
   * Runs one or more statements without parameters.
   * @throws PgError
   */
  run(sql: string): Reply {
    this.writer.query(sql)
    this.writer.copyFail('data for COPY cannot be sent here')
    return check(this.exchange())
  }

  /**
   * Prepares one statement under a name ('' for the unnamed one).
   * @throws PgError
   */
  prepare(name: string, sql: string): Reply {
    this.writer.parse(name, sql)
    this.writer.describeStatement(name)
    this.writer.sync()
    return check(this.exchange())
  }

  /**
   * Binds and runs a prepared statement, giving at most `rowsMax` rows (0: all).
   * @throws PgError
   */
  execute(name: string, params: readonly WireParam[], rowsMax = 0): Reply {
    this.writer.bind(name, params)
    this.writer.execute(rowsMax)
    this.writer.copyFail('data for COPY cannot be sent here')
    this.writer.sync()
    return check(this.exchange())
  }

  /**
   * Feeds CopyData messages to a COPY FROM STDIN.
   * @throws PgError
   */
  copyIn(sql: string, messages: Uint8Array): void {
    this.writer.query(sql)
    this.writer.raw(messages)
    this.writer.copyDone()
    check(this.exchange())
  }
}

function check(reply: Reply): Reply {
  if (reply.error !== undefined) throw reply.error
  return reply
}

/** Rows that the commands of a reply inserted, changed or deleted. */
export function affectedRows(reply: Reply): number {
  let sum = 0
  for (const tag of reply.tags) {
    const match = /^(?:INSERT \d+|UPDATE|DELETE|MERGE|COPY) (\d+)$/.exec(tag)
    if (match !== null) sum += Number(match[1])
  }
  return sum
}
