/** The worker's side: runs a LocalEngine for whoever opened it. */
import { parentChannel } from '#platform'
import type { Engine } from './engine.ts'
import { LocalEngine } from './local-engine.ts'
import { toWire } from './wire-error.ts'
import type { Answer, Ask } from './worker-engine.ts'

const channel = parentChannel()
const engine: Engine = new LocalEngine((log) => channel.post({ log } satisfies Answer))

channel.onMessage((message) => {
  const { id, method, param } = message as Ask
  const call = engine[method] as (param: unknown) => Promise<unknown>
  call.call(engine, param).then(
    (result) => channel.post({ id, result } satisfies Answer),
    (error: unknown) => channel.post({ id, error: toWire(error) } satisfies Answer),
  )
})
