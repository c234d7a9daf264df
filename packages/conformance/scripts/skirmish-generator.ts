/**
 * An endless skirmish of one seed: the log of n messages is its first n. The reference plays beside it, so that about 85 % of the
 * messages are legal; the others are legal ones spoiled in a way of their kind.
 */
import {
  type Attack,
  ATTACK_RANGE,
  BOARD_SIDE,
  distance,
  type Move,
  MOVE_RANGE,
  type SkirmishMessage,
  SkirmishReference,
  type Spawn,
  type Unit,
} from '../test/skirmish-reference.ts'
import { createRandom, type Random } from './skirmish-random.ts'

const SPOILED = 0.15
const SPAWN = 0.02
const MOVE = 0.7
/** Units spawned first; from then on each side is held near half of them. */
const UNITS = 200
const HP = 60

export function* skirmish(seed: number): Generator<SkirmishMessage, never, undefined> {
  const generator = new SkirmishGenerator(createRandom(seed))
  for (;;) yield generator.next()
}

class SkirmishGenerator {
  readonly #random: Random
  readonly #reference: SkirmishReference = new SkirmishReference()
  /** Ids of the living, by owner; a dead one is replaced by the last. */
  readonly #living: readonly [number[], number[]] = [[], []]
  #nextId = 1

  constructor(random: Random) {
    this.#random = random
  }

  next(): SkirmishMessage {
    const message = this.#propose(this.#reference.turn, this.#random.chance(SPOILED), this.#random.next() / 2 ** 32)
    if (this.#reference.apply(message) === 0) this.#follow(message)
    return message
  }

  #propose(player: number, spoiled: boolean, kind: number): SkirmishMessage {
    const opening = this.#nextId <= UNITS
    if (opening || (kind < 2 * SPAWN && this.#ids(player).length < UNITS / 2)) {
      const spawn = this.#spawn(player, opening)
      if (spoiled && this.#ids(player).length > 0) this.#spoilSpawn(spawn)
      return spawn
    }
    const attack = kind >= SPAWN + MOVE ? this.#attack(player) : undefined
    if (attack !== undefined) {
      if (spoiled) this.#spoilAttack(attack)
      return attack
    }
    const move = this.#move(player)
    if (spoiled) this.#spoilMove(move)
    return move
  }

  #spawn(player: number, opening: boolean): Spawn {
    const [x, y] = opening ? this.#freeCell() : this.#cellNear(this.#randomUnit(1 - player))
    return { kind: 'spawn', player, unit: this.#nextId, x, y, hp: HP }
  }

  /** An attack on the first enemy in reach, from a random one on; none when 24 random units reach nobody. */
  #attack(player: number): Attack | undefined {
    const enemies = this.#ids(1 - player)
    for (let tries = 0; tries < 24; tries++) {
      const unit = this.#randomUnit(player)
      const first = this.#random.below(enemies.length)
      for (let i = 0; i < enemies.length; i++) {
        const target = this.#unit(enemies[(first + i) % enemies.length] as number)
        if (distance(unit, target) > ATTACK_RANGE) continue
        return { kind: 'attack', player, unit: unit.id, target: target.id, roll: 1 + this.#random.below(20) }
      }
    }
    return undefined
  }

  #move(player: number): Move {
    for (;;) {
      const unit = this.#randomUnit(player)
      const [x, y] = this.#near(unit, MOVE_RANGE)
      if (this.#isFree(x, y)) return { kind: 'move', player, unit: unit.id, x, y }
    }
  }

  #spoilSpawn(spawn: Spawn): void {
    const mine = this.#ids(spawn.player)
    const way = this.#random.below(3)
    if (way === 0) spawn.player = 1 - spawn.player
    else if (way === 1) spawn.unit = this.#random.pick(mine)
    else this.#place(spawn, this.#unit(this.#random.pick(mine)))
  }

  #spoilAttack(attack: Attack): void {
    const [mine, enemies] = [this.#ids(attack.player), this.#ids(1 - attack.player)]
    const way = this.#random.below(5)
    if (way === 0) attack.player = 1 - attack.player
    else if (way === 1) attack.unit = this.#random.pick(enemies)
    else if (way === 2) attack.target = this.#random.pick(mine)
    else if (way === 3) attack.target = this.#nextId + 1000
    else this.#aimTooFar(attack, enemies)
  }

  #aimTooFar(attack: Attack, enemies: readonly number[]): void {
    const unit = this.#unit(attack.unit)
    for (let tries = 0; tries < 16; tries++) {
      const target = this.#unit(this.#random.pick(enemies))
      if (distance(unit, target) <= ATTACK_RANGE) continue
      attack.target = target.id
      return
    }
  }

  #spoilMove(move: Move): void {
    const enemies = this.#ids(1 - move.player)
    const way = this.#random.below(5)
    if (way === 0) move.player = 1 - move.player
    else if (way === 1) move.unit = this.#random.pick(enemies)
    else if (way === 2) move.unit = this.#random.chance(0.5) ? this.#nextId + 1000 : 1 + this.#random.below(this.#nextId - 1)
    else if (way === 3) move.x = (move.x + 20) % (BOARD_SIDE + 20)
    else this.#place(move, this.#unit(this.#random.pick(enemies)))
  }

  #follow(message: SkirmishMessage): void {
    if (message.kind === 'spawn') {
      this.#nextId++
      this.#ids(message.player).push(message.unit)
    } else if (message.kind === 'attack' && this.#unit(message.target).hp <= 0) {
      const ids = this.#ids(1 - message.player)
      const last = ids.pop() as number
      if (last !== message.target) ids[ids.indexOf(message.target)] = last
    }
  }

  /** Reinforcements land near an enemy, or opposing units drift apart and attacks dry up. */
  #cellNear(enemy: Unit): [number, number] {
    for (let tries = 0; tries < 8; tries++) {
      const [x, y] = this.#near(enemy, 4)
      if (this.#isFree(x, y)) return [x, y]
    }
    return this.#freeCell()
  }

  #freeCell(): [number, number] {
    for (;;) {
      const [x, y] = [this.#random.below(BOARD_SIDE), this.#random.below(BOARD_SIDE)]
      if (!this.#reference.occupied(x, y)) return [x, y]
    }
  }

  #near(unit: Unit, range: number): [number, number] {
    const sides = 2 * range + 1
    return [unit.x + this.#random.below(sides) - range, unit.y + this.#random.below(sides) - range]
  }

  #isFree(x: number, y: number): boolean {
    return x >= 0 && y >= 0 && x < BOARD_SIDE && y < BOARD_SIDE && !this.#reference.occupied(x, y)
  }

  #place(message: Spawn | Move, unit: Unit): void {
    message.x = unit.x
    message.y = unit.y
  }

  #ids(player: number): number[] {
    return this.#living[player as 0 | 1]
  }

  #unit(id: number): Unit {
    return this.#reference.units.get(id) as Unit
  }

  #randomUnit(player: number): Unit {
    return this.#unit(this.#random.pick(this.#ids(player)))
  }
}
