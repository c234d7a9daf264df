// Skirmish: two players move and attack in turn on a board of 64 by 64 cells. An illegal message is rejected with `code-<n>`.
import { key, Message, on, onInit, reducer, reject, Rejection, Values } from '@foldb/assemblyscript/assembly'
import { Attack, Move, Nothing, Spawn } from './messages'
import { Event, events, Game, games, Score, scores, Unit, units } from './tables'

const SIDE = 64
const MOVE = 3
const REACH = 6
const HIT = 9

// Why a message is illegal; 0 is legal. Of several reasons the first in the order of the checks counts.
const NOT_YOUR_TURN = 1
const NO_SUCH_UNIT = 2 // in `spawn`: the id is used
const NOT_YOURS = 3
const OFF_BOARD = 4
const TOO_FAR = 5
const OCCUPIED = 6
const NO_SUCH_TARGET = 7
const OWN_UNIT = 8

reducer('skirmish', '1.0.0')

onInit<Nothing>((message: Message, args: Nothing): Rejection | null => {
  scores.insert(new Score())
  const second = new Score()
  second.player = 1
  scores.insert(second)
  games.insert(new Game())
  return null
})

on<Spawn>('spawn', (message: Message, args: Spawn): Rejection | null => {
  const game = games.get(key(1))!
  if (args.player != game.turn) return illegal(NOT_YOUR_TURN)
  if (units.get(key(args.unit)) !== null) return illegal(NO_SUCH_UNIT)
  if (offBoard(args.x, args.y)) return illegal(OFF_BOARD)
  if (occupied(args.x, args.y)) return illegal(OCCUPIED)
  const unit = new Unit()
  unit.id = args.unit
  unit.owner = args.player
  unit.x = args.x
  unit.y = args.y
  unit.hp = args.hp
  units.insert(unit)
  const score = scores.get(key(args.player))!
  score.alive++
  scores.put(score)
  return finish(message, game, event('spawn', args.player, args.unit, args.x, args.y))
})

on<Move>('move', (message: Message, args: Move): Rejection | null => {
  const game = games.get(key(1))!
  if (args.player != game.turn) return illegal(NOT_YOUR_TURN)
  const unit = living(args.unit)
  if (unit === null) return illegal(NO_SUCH_UNIT)
  if (unit.owner != args.player) return illegal(NOT_YOURS)
  if (offBoard(args.x, args.y)) return illegal(OFF_BOARD)
  if (distance(unit, args.x, args.y) > MOVE) return illegal(TOO_FAR)
  if (occupied(args.x, args.y)) return illegal(OCCUPIED)
  unit.x = args.x
  unit.y = args.y
  units.put(unit)
  const score = scores.get(key(args.player))!
  score.moves++
  scores.put(score)
  return finish(message, game, event('move', args.player, args.unit, args.x, args.y))
})

on<Attack>('attack', (message: Message, args: Attack): Rejection | null => {
  const game = games.get(key(1))!
  if (args.player != game.turn) return illegal(NOT_YOUR_TURN)
  const unit = living(args.unit)
  if (unit === null) return illegal(NO_SUCH_UNIT)
  if (unit.owner != args.player) return illegal(NOT_YOURS)
  const target = living(args.target)
  if (target === null) return illegal(NO_SUCH_TARGET)
  if (target.owner == args.player) return illegal(OWN_UNIT)
  if (distance(unit, target.x, target.y) > REACH) return illegal(TOO_FAR)
  const damage = damageOf(args.roll)
  if (damage > 0) strike(game, args.player, target, damage)
  const done = event('attack', args.player, args.unit, target.x, target.y)
  done.target = args.target
  done.dmg = damage
  return finish(message, game, done)
})

function strike(game: Game, player: i32, target: Unit, damage: i32): void {
  target.hp -= damage
  units.put(target)
  const mine = scores.get(key(player))!
  mine.damage += damage
  if (target.hp <= 0) {
    mine.kills++
    const theirs = scores.get(key(1 - player))!
    theirs.alive--
    scores.put(theirs)
    if (theirs.alive == 0 && game.winner < 0) game.winner = player
  }
  scores.put(mine)
}

// A roll below 9 misses; any other hits for half of it; 20 hits double.
function damageOf(roll: i32): i32 {
  return roll < HIT ? 0 : roll == 20 ? 20 : roll >> 1
}

function illegal(code: i32): Rejection | null {
  return reject('code-' + code.toString())
}

function offBoard(x: i32, y: i32): bool {
  return x < 0 || y < 0 || x >= SIDE || y >= SIDE
}

function occupied(x: i32, y: i32): bool {
  return units.has('units_cell', new Values().integer(x).integer(y))
}

function living(id: i32): Unit | null {
  const unit = units.get(key(id))
  return unit === null || unit.hp <= 0 ? null : unit
}

function distance(unit: Unit, x: i32, y: i32): i32 {
  return max(abs(x - unit.x), abs(y - unit.y))
}

function event(kind: string, player: i32, unit: i32, x: i32, y: i32): Event {
  const event = new Event()
  event.kind = kind
  event.player = player
  event.unit = unit
  event.x = x
  event.y = y
  return event
}

function finish(message: Message, game: Game, done: Event): Rejection | null {
  done.seq = message.position
  events.insert(done)
  game.turn = 1 - game.turn
  game.accepted++
  games.put(game)
  return null
}

export { cabi_realloc, describe, init, reduce } from '@foldb/assemblyscript/assembly'
