// Touches every type, constraint and call of the contract.
import {
  entropy, key, Level, log, Message, on, onInit, Range, reducer, refuse, reject, Rejection, roll, Value, Values, view,
} from '@foldb/assemblyscript/assembly'
import { Genesis, Number, Pair, Store, Words } from './messages'
import { Child, children, Everything, everything, Seen, seen } from './tables'

reducer('probe', '1.2.3', 'seen')
view('everything_words_view', 'SELECT words FROM everything')

// Grows in no message: shows that what the start made is there again.
const kept: i32[] = [1]

function tell(message: Message, what: string): Rejection | null {
  const row = new Seen()
  row.position = message.position
  row.what = what
  seen.put(row)
  return null
}

onInit<Genesis>((message: Message, args: Genesis): Rejection | null => {
  if (args.start < 0) return reject('negative', args.note.isNull ? 'no note' : args.note.asText)
  return tell(message, args.start.toString() + (args.note.isNull ? '' : ' ' + args.note.asText))
})

on<Store>('store', (message: Message, args: Store): Rejection | null => {
  const row = new Everything()
  row.id = args.id
  row.flag = args.flag
  row.small = args.small
  row.whole = abs(<i32>args.small)
  row.real = args.real
  row.money = '12.345'
  row.words = args.words
  row.raw = args.raw
  row.uuid = 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'
  row.day = '2024-02-29'
  row.moment = '2024-02-29T12:30:00.250Z'
  row.json = '{"b":1,"a":[true,null]}'
  row.note = args.note
  everything.insert(row)
  const back = everything.get(key(args.id))
  if (back === null) return null
  everything.put(back)
  const bytes = back.raw.length == 0 ? 'none' : back.raw[back.raw.length - 1].toString()
  const note = back.note.isNull ? 'null' : back.note.asText
  const first = [back.flag.toString(), back.small.toString(), back.real.toString(), back.money, back.words, bytes]
  return tell(message, first.concat([back.uuid, back.day, back.moment, back.json, note, message.sender, message.time.toString()]).join(' | '))
})

// Whether the engine refuses, handled: the message applies and says what was refused.
on<Pair>('try-link', (message: Message, args: Pair): Rejection | null => {
  const child = new Child()
  child.id = args.id
  child.parent = args.parent
  const error = children.tryInsert(child)
  return tell(message, error === null ? 'linked' : error.sqlstate + ' ' + error.constraint)
})

// The same, not handled: the first error decides, whatever comes after it.
on<Pair>('link', (message: Message, args: Pair): Rejection | null => {
  const child = new Child()
  child.id = args.id
  child.parent = args.parent
  children.insert(child)
  tell(message, 'linked')
  return reject('too-late')
})

on<Number>('unlink', (message: Message, args: Number): Rejection | null => {
  const error = everything.tryDelete(key(args.n))
  if (error !== null) return tell(message, error.sqlstate + ' ' + error.constraint)
  return tell(message, children.delete(key(args.n)).toString() + ' ' + children.delete(key(args.n)).toString())
})

on<Words>('scan', (message: Message, args: Words): Rejection | null => {
  const bound = new Values().text(args.words)
  const ids: string[] = []
  ids.push(list(Range.of(bound)))
  ids.push(list(new Range().from(bound)))
  ids.push(list(new Range().after(bound)))
  ids.push(list(new Range().upTo(bound)))
  ids.push(list(new Range().before(bound)))
  ids.push(list(new Range().limited(2)))
  ids.push(list(new Range().limited(1).reversed()))
  ids.push(list(new Range().from(new Values().text(args.words).integer(0)).upTo(new Values().add(Value.text(args.words)))))
  const first = everything.first('everything_words', bound)
  ids.push(first === null ? 'none' : first.id.toString())
  ids.push(everything.has('everything_words', bound).toString())
  return tell(message, ids.join(' / '))
})

function list(range: Range): string {
  const rows = everything.scan('everything_words', range)
  const ids: string[] = []
  for (let i = 0; i < rows.length; i++) ids.push(rows[i].id.toString())
  return ids.join(',')
}

// A key of every value type in a table that has one integer for it.
on<Number>('wide-key', (message: Message, args: Number): Rejection | null => {
  const values = new Values().boolean(true).float(0.5).none().bytes(new Uint8Array(2)).integer(args.n)
  return tell(message, everything.get(values) === null ? 'none' : 'some')
})

on<Number>('dice', (message: Message, args: Number): Rejection | null => {
  const bytes = entropy(<u32>args.n)
  let hex = ''
  for (let i = 0; i < bytes.length; i++) hex += (bytes[i] < 16 ? '0' : '') + bytes[i].toString(16)
  return tell(message, hex + ' ' + roll(6).toString() + ' ' + roll(1).toString())
})

on<Words>('say', (message: Message, args: Words): Rejection | null => {
  log(Level.warn, args.words)
  return tell(message, kept.length.toString())
})

on<Words>('refuse', (message: Message, args: Words): Rejection | null => {
  refuse('refused', args.words)
  refuse('too-late', '')
  return tell(message, 'undone')
})

on<Number>('crash', (message: Message, args: Number): Rejection | null => {
  kept.push(<i32>args.n)
  if (args.n > 2) throw new Error('crashed on purpose')
  assert(args.n < 2, 'two')
  return tell(message, kept.length.toString())
})

// Takes memory beyond the first pages.
on<Number>('grow', (message: Message, args: Number): Rejection | null => {
  const room = new Uint8Array(<i32>args.n)
  return tell(message, room.length.toString())
})

export { cabi_realloc, describe, init, reduce } from '@foldb/assemblyscript/assembly'
