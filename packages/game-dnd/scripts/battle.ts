/** A whole battle between two simple players, played on the real fold: the dice are the log's. */
import type { Genesis, Message, Outcome, Row } from '@foldb/abi'
import { createFold, encodeMessage, type Fold, type Reducer } from '@foldb/derivation-core'
import type { Game, Player, Unit } from '../src/index.ts'
import { type Sent, mistake } from './mistakes.ts'
import { nextOrder, type View } from './player.ts'
import { createRandom } from './random.ts'

/** A battle as a log, with how it ended. */
export interface Battle {
  readonly messages: readonly Message[]
  readonly outcomes: readonly Outcome[]
  /** Position of the message that decided it; undefined when it was not decided in time. */
  readonly decidedAt: number | undefined
}

const MISTAKES = 0.1
const START = 1_767_225_600_000

function rowsOf<R>(fold: Fold, name: string): R[] {
  const columns = fold.manifest.tables.find((table) => table.name === name)!.columns
  return fold.rows(name).map((row: Row) => Object.fromEntries(columns.map((column, i) => [column.name, row[i]])) as R)
}

function nextSent(fold: Fold, random: ReturnType<typeof createRandom>): Sent {
  const game = rowsOf<Game>(fold, 'game')[0]!
  const players = rowsOf<Player>(fold, 'players')
  const me = players.find((player) => player.side === game.side)!
  const other = players.find((player) => player.side !== game.side)!
  const view: View = { turn: game.turn, me, units: rowsOf<Unit>(fold, 'units') }
  if (random.chance(MISTAKES)) return mistake(view, { mine: me.sender, theirs: other.sender }, random)
  return { sender: me.sender, order: nextOrder(view, random) }
}

/** Plays until `length` messages are there; once the battle is decided, the rest are refused. */
export function playBattle(reducer: Reducer, genesis: Genesis, seed: number, length: number): Battle {
  using fold = createFold({ reducer, genesis })
  const random = createRandom(seed)
  const messages: Message[] = []
  const outcomes: Outcome[] = []
  let time = START
  let decidedAt: number | undefined
  while (messages.length < length) {
    const { sender, order } = nextSent(fold, random)
    time += 1000 + random.below(20_000)
    const message: Message = { sender, time, kind: order.kind, args: order.args }
    messages.push(message)
    outcomes.push(fold.apply(encodeMessage(message)))
    if (decidedAt === undefined && fold.verdict() !== undefined) decidedAt = messages.length
  }
  return { messages, outcomes, decidedAt }
}
