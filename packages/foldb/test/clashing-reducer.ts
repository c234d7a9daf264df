/** A reducer that builds and cannot be loaded: an index and a foreign key have one name in PostgreSQL. */
import { defineReducer, index, integer, type Reducer, references, table } from '@foldb/reducer-sdk'

export const reducer: Reducer = defineReducer({
  name: 'clashing',
  version: '1.0.0',
  tables: {
    homes: table({ columns: { id: integer() }, primaryKey: ['id'] }),
    units: table({
      columns: { id: integer(), home: integer() },
      primaryKey: ['id'],
      indexes: { home: index(['home']) },
      foreignKeys: { home: references(['home'], 'homes') },
    }),
  },
  messages: {},
})
