import type { Message } from '@foldb/abi'

import { reducerConformance } from '../src/testing/reducer-conformance.ts'
import { createLedger } from './ledger.ts'

const message = (time: number, sender: string, kind: string, args: Message['args'] = {}): Message => ({ sender, time, kind, args })

reducerConformance('a reducer in JavaScript', {
  open: () => createLedger(),
  genesisArgs: { supply: 1000 },
  messages: [
    message(1, 'alice', 'open'),
    message(2, 'alice', 'open'),
    message(3, 'bank', 'send', { to: 'alice', amount: 5 }),
    message(4, 'alice', 'roll', { count: 4 }),
    message(5, 'alice', 'misbehave', { how: 'trap' }),
    message(6, 'alice', 'shout'),
    message(7, 'alice', 'decide'),
  ],
  outcomes: [
    { status: 'applied' },
    { status: 'rejected', code: 'sql-23505' },
    { status: 'applied' },
    { status: 'applied' },
    { status: 'trapped', code: 'trap' },
    { status: 'rejected', code: 'unknown-kind' },
    { status: 'applied' },
  ],
})
