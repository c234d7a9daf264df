/// Declares a reducer, and answers the host: `describe`, `init`, `reduce`.
import { columnsOf, readRecord, Record } from './fields'
import { storeManifest } from './manifest'
import { ANSWER } from './memory'
import { declared, Kind, Message } from './registry'
import { clearRefusal, refusal, Rejection } from './rejection'
import { Column, View } from './schema'
import { storeText } from './text'

/// Runs one message with its arguments; null applies it.
export type Handler<T> = (message: Message, args: T) => Rejection | null

class KindOf<T extends Record> extends Kind {
  constructor(
    name: string,
    private handler: Handler<T>,
  ) {
    super(name)
  }
  params(): Column[] {
    return columnsOf<T>()
  }
  run(message: Message, args: usize, count: i32): Rejection | null {
    const record = readRecord<T>(args, count)
    if (refusal() !== null) return null
    return this.handler(message, record)
  }
}

/// Names the reducer; `verdict` is a table that has one row once the log is decided.
export function reducer(name: string, version: string, verdict: string = ''): void {
  declared.name = name
  declared.version = version
  declared.verdict = verdict
}

/// Runs once, on empty tables, with the arguments of genesis.
export function onInit<T extends Record>(handler: Handler<T>): void {
  declared.genesis = new KindOf<T>('', handler)
}

/// Declares a message kind and what it does.
export function on<T extends Record>(kind: string, handler: Handler<T>): void {
  declared.kinds.push(new KindOf<T>(kind, handler))
}

/// A stored query for people.
export function view(name: string, query: string): void {
  declared.views.push(new View(name, query))
}

export function describe(): usize {
  return storeManifest()
}

export function init(args: usize, count: i32): usize {
  clearRefusal()
  const genesis = declared.genesis
  return answer(genesis === null ? null : genesis.run(new Message(0, '', 0), args, count))
}

export function reduce(
  position: i64, sender: usize, senderLength: usize, time: i64, kind: usize, kindLength: usize, args: usize, count: i32,
): usize {
  clearRefusal()
  const message = new Message(position, String.UTF8.decodeUnsafe(sender, senderLength), time)
  const name = String.UTF8.decodeUnsafe(kind, kindLength)
  const kinds = declared.kinds
  for (let i = 0; i < kinds.length; i++) {
    if (kinds[i].name == name) return answer(kinds[i].run(message, args, count))
  }
  throw new Error('a kind that the manifest lacks: ' + name)
}

/// What was refused on the way comes before what the handler returned.
function answer(returned: Rejection | null): usize {
  const refused = refusal()
  const rejection = refused === null ? returned : refused
  store<u32>(ANSWER, rejection === null ? 0 : 1)
  if (rejection !== null) {
    storeText(ANSWER + 4, rejection.code)
    storeText(ANSWER + 12, rejection.message)
  }
  return ANSWER
}
