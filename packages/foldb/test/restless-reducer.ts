/** A reducer for tests: never answers when it is told so, fails, and logs as much as a message asks for. */
import { boolean, defineReducer, integer, type Reducer, table } from '@foldb/reducer-sdk'

export const reducer: Reducer = defineReducer({
  name: 'restless',
  version: '1.0.0',
  tables: { seen: table({ columns: { position: integer() }, primaryKey: ['position'] }) },
  genesis: { forever: boolean() },
  init({ args }) {
    while (args.forever) continue
  },
  messages: {
    fail: {
      params: {},
      reduce() {
        throw new Error('neither a rejection nor a refused row operation')
      },
    },
    chatter: {
      params: { lines: integer(), length: integer() },
      reduce({ args, db, log, message }) {
        for (let i = 0; i < args.lines; i++) log.info('x'.repeat(args.length))
        db.seen.insert({ position: message.position })
      },
    },
  },
})
