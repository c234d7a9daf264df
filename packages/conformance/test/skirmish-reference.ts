/** Skirmish in plain TypeScript over plain maps: what every skirmish reducer is compared with. */

export const BOARD_SIDE = 64
export const MOVE_RANGE = 3
export const ATTACK_RANGE = 6
export const HIT_ROLL = 9

export interface Spawn {
  readonly kind: 'spawn'
  player: number
  unit: number
  x: number
  y: number
  hp: number
}

export interface Move {
  readonly kind: 'move'
  player: number
  unit: number
  x: number
  y: number
}

export interface Attack {
  readonly kind: 'attack'
  player: number
  unit: number
  target: number
  roll: number
}

export type SkirmishMessage = Spawn | Move | Attack

export interface Unit {
  readonly id: number
  readonly owner: number
  x: number
  y: number
  hp: number
}

export interface Score {
  readonly player: number
  kills: number
  damage: number
  moves: number
  alive: number
}

/** A row of `events`, in the order of its columns. */
export type EventRow = readonly [number, string, number, number, number, number, number, number, number]

/** Rows of every table in the order of their primary keys, and how many messages ended in which code. */
export interface SkirmishFinal {
  readonly tables: {
    readonly units: readonly (readonly number[])[]
    readonly events: readonly EventRow[]
    readonly score: readonly (readonly number[])[]
    readonly game: readonly (readonly number[])[]
  }
  readonly outcomes: { readonly applied: number; readonly rejected: number; readonly codes: Readonly<Record<string, number>> }
}

/** What a roll of 1–20 does: below 9 nothing, else half of it, and 20 doubles. */
export function damageOf(roll: number): number {
  if (roll < HIT_ROLL) return 0
  return roll === 20 ? 20 : roll >> 1
}

const onBoard = (x: number, y: number): boolean => x >= 0 && y >= 0 && x < BOARD_SIDE && y < BOARD_SIDE
const cellOf = (x: number, y: number): number => y * BOARD_SIDE + x
export const distance = (a: { x: number; y: number }, b: { x: number; y: number }): number =>
  Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y))

export class SkirmishReference {
  readonly units: Map<number, Unit> = new Map()
  readonly score: readonly [Score, Score] = [
    { player: 0, kills: 0, damage: 0, moves: 0, alive: 0 },
    { player: 1, kills: 0, damage: 0, moves: 0, alive: 0 },
  ]
  turn = 0
  accepted = 0
  winner = -1
  readonly events: EventRow[] = []
  readonly codes: Map<number, number> = new Map()
  readonly #cells: Map<number, number> = new Map()
  #position = 0

  /** Whether a living unit stands there. */
  occupied(x: number, y: number): boolean {
    return this.#cells.has(cellOf(x, y))
  }

  /** The living unit with this id. */
  living(id: number): Unit | undefined {
    const unit = this.units.get(id)
    return unit !== undefined && unit.hp > 0 ? unit : undefined
  }

  /** Applies one message; gives 0, or why it is illegal. */
  apply(message: SkirmishMessage): number {
    this.#position++
    const code = this.#codeOf(message)
    if (code !== 0) {
      this.codes.set(code, (this.codes.get(code) ?? 0) + 1)
      return code
    }
    this.#perform(message)
    this.turn = 1 - this.turn
    this.accepted++
    return 0
  }

  /** Counts a message that was rejected before its rules were asked. */
  skip(): void {
    this.#position++
  }

  final(): SkirmishFinal {
    const codes: Record<string, number> = {}
    for (const [code, count] of [...this.codes].sort(([a], [b]) => a - b)) codes[`code-${code}`] = count
    return {
      tables: {
        units: [...this.units.values()].sort((a, b) => a.id - b.id).map((u) => [u.id, u.owner, u.x, u.y, u.hp]),
        events: this.events,
        score: this.score.map((s) => [s.player, s.kills, s.damage, s.moves, s.alive]),
        game: [[1, this.turn, this.accepted, this.winner]],
      },
      outcomes: { applied: this.accepted, rejected: this.#position - this.accepted, codes },
    }
  }

  #codeOf(message: SkirmishMessage): number {
    if (message.player !== this.turn) return 1
    if (message.kind === 'spawn') {
      if (this.units.has(message.unit)) return 2
      return this.#codeOfCell(message)
    }
    const unit = this.living(message.unit)
    if (unit === undefined) return 2
    if (unit.owner !== message.player) return 3
    if (message.kind === 'attack') return this.#codeOfTarget(unit, message)
    if (!onBoard(message.x, message.y)) return 4
    if (distance(unit, message) > MOVE_RANGE) return 5
    return this.#codeOfCell(message)
  }

  #codeOfCell(cell: { x: number; y: number }): number {
    if (!onBoard(cell.x, cell.y)) return 4
    return this.occupied(cell.x, cell.y) ? 6 : 0
  }

  #codeOfTarget(unit: Unit, message: Attack): number {
    const target = this.living(message.target)
    if (target === undefined) return 7
    if (target.owner === message.player) return 8
    return distance(unit, target) > ATTACK_RANGE ? 5 : 0
  }

  #perform(message: SkirmishMessage): void {
    const { kind, player, unit } = message
    if (kind === 'attack') return this.#attack(message)
    if (kind === 'spawn') {
      this.units.set(unit, { id: unit, owner: player, x: message.x, y: message.y, hp: message.hp })
      this.#scoreOf(player).alive++
    } else {
      const mover = this.units.get(unit) as Unit
      this.#cells.delete(cellOf(mover.x, mover.y))
      mover.x = message.x
      mover.y = message.y
      this.#scoreOf(player).moves++
    }
    const moved = this.living(unit)
    if (moved !== undefined) this.#cells.set(cellOf(moved.x, moved.y), unit)
    this.events.push([this.#position, kind, player, unit, 0, message.x, message.y, 0, 0])
  }

  #attack({ player, unit, target: id, roll }: Attack): void {
    const target = this.units.get(id) as Unit
    const damage = damageOf(roll)
    target.hp -= damage
    this.#scoreOf(player).damage += damage
    if (target.hp <= 0) {
      this.#cells.delete(cellOf(target.x, target.y))
      this.#scoreOf(player).kills++
      if (--this.#scoreOf(1 - player).alive === 0 && this.winner < 0) this.winner = player
    }
    this.events.push([this.#position, 'attack', player, unit, id, target.x, target.y, damage, 0])
  }

  #scoreOf(player: number): Score {
    return this.score[player as 0 | 1]
  }
}
