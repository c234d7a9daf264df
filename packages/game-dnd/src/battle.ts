/** What the message handlers share: who may do what, and what follows from a blow. */
import { type Entropy, type MessageInfo, reject } from '@foldb/reducer-sdk'
import { CLASSES, type Dice, opponentOf, type UnitClass } from './rules.ts'
import type { Db, Game, Player, Unit, Verdict } from './tables.ts'

/** A player whose turn it is. */
export interface Turn {
  readonly game: Game
  readonly player: Player
}

/** The side that the sender plays, while the battle lasts. */
export function playerOf(db: Db, message: MessageInfo): Turn {
  const player = db.players.by.sender.get(message.sender) ?? reject('not-a-player', `${message.sender} does not play here`)
  const game = db.game.get(1)!
  if (game.over) reject('game-over', 'the battle is decided')
  return { game, player }
}

/** The same, and it has to be their turn. */
export function turnOf(db: Db, message: MessageInfo): Turn {
  const turn = playerOf(db, message)
  if (turn.game.side !== turn.player.side) reject('not-your-turn', `it is ${turn.game.side}’s turn`)
  return turn
}

/** A living unit of the player. */
export function ownUnit(db: Db, player: Player, id: number): Unit {
  const unit = db.units.get(id)
  if (unit === undefined || unit.hp === 0) reject('no-such-unit', `there is no living unit ${id}`)
  return unit.owner === player.side ? unit : reject('not-your-unit', `unit ${id} is ${unit.owner}’s`)
}

/** A living unit of anybody, to be attacked or healed. */
export function targetUnit(db: Db, id: number): Unit {
  const target = db.units.get(id)
  return target === undefined || target.hp === 0 ? reject('no-such-target', `there is no living unit ${id}`) : target
}

export function classOf(unit: Unit): UnitClass {
  return CLASSES[unit.class]
}

/** Rolls dice; a critical hit rolls them twice and adds the bonus once. */
export function roll(entropy: Entropy, dice: Dice, times = 1): number {
  return entropy.dice(dice.count * times, dice.sides) + dice.bonus
}

/** Writes the verdict; from then on every message is refused as `game-over`. */
export function decide(db: Db, game: Game, winner: Player, reason: Verdict['reason'], message: MessageInfo): void {
  db.verdict.insert({ id: 1, winner: winner.sender, reason, position: message.position })
  db.game.update(game, { over: true })
}

/** Takes hit points from a unit; decides the battle when it was the last one of its side. */
export function strike(db: Db, { game, player }: Turn, target: Unit, points: number, message: MessageInfo): boolean {
  const hp = Math.max(0, target.hp - points)
  const fell = hp === 0
  db.units.update(target, { hp })
  const winner = db.players.update(player, { damage: player.damage + target.hp - hp, kills: player.kills + (fell ? 1 : 0) })
  if (!fell) return false
  const loser = db.players.get(opponentOf(player.side))!
  const { alive, reserves } = db.players.update(loser, { alive: loser.alive - 1 })
  if (alive === 0 && reserves === 0) decide(db, game, winner, 'annihilated', message)
  return true
}
