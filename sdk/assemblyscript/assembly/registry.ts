/// What the author declares at top level: the manifest, and the handlers behind it.
import { Rejection } from './rejection'
import { Column, TableSchema, View } from './schema'

/// One entry of the log.
export class Message {
  constructor(
    /// place in the log, from 1; 0 in `init`
    public position: i64,
    /// authenticated author, as the log names it
    public sender: string,
    /// milliseconds since the Unix epoch: the only clock there is
    public time: i64,
  ) {}
}

/// A message kind, or genesis: its parameters and what runs.
export abstract class Kind {
  constructor(public name: string) {}
  abstract params(): Column[]
  abstract run(message: Message, args: usize, count: i32): Rejection | null
}

class Declarations {
  name: string = ''
  version: string = ''
  verdict: string = ''
  tables: TableSchema[] = []
  views: View[] = []
  genesis: Kind | null = null
  kinds: Kind[] = []
}

export const declared: Declarations = new Declarations()

export function declareTable(table: TableSchema): void {
  declared.tables.push(table)
}
