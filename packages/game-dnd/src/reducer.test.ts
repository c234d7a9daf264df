import { describe, expect, it } from 'vitest'
import { MemoryHost } from '../../reducer-sdk/test/memory-host.ts'
import { attack, endTurn, heal, move, type Order, resign, spawn } from './messages.ts'
import { reducer } from './reducer.ts'
import { BOARD_HEIGHT, BOARD_WIDTH, UNITS_IN_RESERVE, UNITS_ON_BOARD } from './rules.ts'

/** A battle between alice (red) and bob (blue), whose dice are given. */
class Battle {
  readonly host: MemoryHost = new MemoryHost(reducer.manifest)
  #position = 0

  constructor() {
    expect(reducer.init('["alice","bob"]', this.host)).toBe('null')
  }

  /** Sends an order and gives the code of its refusal, or `applied`. */
  send(sender: string, { kind, args }: Order, ...dice: number[]): string {
    this.host.stream = dice.length === 0 ? [0] : dice.map((die) => die - 1)
    this.host.rewind()
    const { params } = reducer.manifest.messages.find(({ name }) => name === kind)!
    const cells = params.map(({ name }) => args[name])
    const message = { position: ++this.#position, sender, time: 0, kind, args: cells }
    const answer = JSON.parse(reducer.reduce(JSON.stringify(message), this.host)) as null | ['reject', string, string]
    return answer === null ? 'applied' : answer[1]
  }

  /** The same, and it has to apply. */
  play(sender: string, ...orders: readonly Order[]): this {
    for (const order of orders) expect([order, this.send(sender, order)]).toEqual([order, 'applied'])
    return this
  }

  row(table: string, key: number | string): Record<string, unknown> | undefined {
    const { columns, primaryKey } = reducer.manifest.tables.find(({ name }) => name === table)!
    const found = this.host.rows(table).find((row) => row[primaryKey[0]!] === key)
    return found && Object.fromEntries(columns.map(({ name }, i) => [name, found[i]]))
  }

  /** Writes a row's columns behind the reducer's back. */
  set(table: string, key: number | string, changes: Record<string, unknown>): this {
    this.host.call(JSON.stringify(['put', table, Object.values({ ...this.row(table, key), ...changes })]))
    return this
  }
}

/** Red has a fighter 1 and a cleric 2, blue a fighter 3 beside the fighter; it is red's turn. */
function facing(): Battle {
  return new Battle()
    .play('alice', spawn({ unit: 1, class: 'fighter', x: 2, y: 2 }), spawn({ unit: 2, class: 'cleric', x: 2, y: 3 }), endTurn())
    .play('bob', spawn({ unit: 3, class: 'fighter', x: BOARD_WIDTH - 1, y: 2 }), endTurn())
    .set('units', 3, { x: 3 })
}

describe('init', () => {
  it('seats both players with all their reserves, red to move', () => {
    const battle = new Battle()
    expect(battle.row('players', 'red')).toMatchObject({ sender: 'alice', reserves: UNITS_IN_RESERVE, alive: 0 })
    expect(battle.row('players', 'blue')).toMatchObject({ sender: 'bob', reserves: UNITS_IN_RESERVE, alive: 0 })
    expect(battle.row('game', 1)).toEqual({ id: 1, turn: 1, side: 'red', over: false })
  })

  it('refuses one sender for both sides', () => {
    expect(JSON.parse(reducer.init('["alice","alice"]', new MemoryHost(reducer.manifest)))).toEqual([
      'reject',
      'same-player',
      'red and blue must be two senders',
    ])
  })
})

describe('whose turn it is', () => {
  it('only the two players may send, each in their own turn', () => {
    const battle = facing()
    expect(battle.send('mallory', endTurn())).toBe('not-a-player')
    for (const order of [endTurn(), move({ unit: 3, x: 4, y: 4 }), attack({ unit: 3, target: 1 }), heal({ unit: 3, target: 3 })]) {
      expect(battle.send('bob', order)).toBe('not-your-turn')
    }
    expect(battle.send('bob', spawn({ unit: 9, class: 'wizard', x: 19, y: 9 }))).toBe('not-your-turn')
  })

  it('ending a turn gives it to the other side', () => {
    const battle = new Battle().play('alice', endTurn())
    expect(battle.row('game', 1)).toMatchObject({ turn: 2, side: 'blue' })
    battle.play('bob', endTurn())
    expect(battle.row('game', 1)).toMatchObject({ turn: 3, side: 'red' })
  })
})

describe('spawn', () => {
  it('puts a unit into the camp with what its class has, and takes it from the reserves', () => {
    const battle = new Battle().play('alice', spawn({ unit: 5, class: 'wizard', x: 0, y: 9 }))
    expect(battle.row('units', 5)).toEqual({
      id: 5,
      owner: 'red',
      class: 'wizard',
      x: 0,
      y: 9,
      hp: 14,
      hp_max: 14,
      armour: 12,
      moved: 0,
      acted: 0,
    })
    expect(battle.row('players', 'red')).toMatchObject({ reserves: UNITS_IN_RESERVE - 1, alive: 1 })
  })

  it.each([
    ['no-such-class', { class: 'toString' as 'fighter' }],
    ['unit-exists', { unit: 1 }],
    ['out-of-bounds', { x: -1 }],
    ['out-of-bounds', { y: BOARD_HEIGHT }],
    ['outside-camp', { x: 3 }],
    ['cell-occupied', { x: 2, y: 2 }],
  ])('is refused with %s for %o', (code, changes) => {
    expect(facing().send('alice', spawn({ unit: 9, class: 'fighter', x: 0, y: 0, ...changes }))).toBe(code)
  })

  it('is refused outside of blue’s camp too', () => {
    const battle = new Battle().play('alice', endTurn())
    expect(battle.send('bob', spawn({ unit: 9, class: 'fighter', x: BOARD_WIDTH - 4, y: 0 }))).toBe('outside-camp')
    expect(battle.send('bob', spawn({ unit: 9, class: 'fighter', x: BOARD_WIDTH - 3, y: 0 }))).toBe('applied')
  })

  it('is refused when the board or the reserves give no more', () => {
    const order = spawn({ unit: 9, class: 'fighter', x: 0, y: 0 })
    expect(facing().set('players', 'red', { alive: UNITS_ON_BOARD }).send('alice', order)).toBe('too-many-units')
    expect(facing().set('players', 'red', { reserves: 0 }).send('alice', order)).toBe('no-reserves')
  })
})

describe('move', () => {
  it('moves a unit once a turn', () => {
    const battle = facing().play('alice', move({ unit: 2, x: 5, y: 6 }))
    expect(battle.row('units', 2)).toMatchObject({ x: 5, y: 6, moved: 3 })
    expect(battle.send('alice', move({ unit: 2, x: 5, y: 7 }))).toBe('already-moved')
    battle
      .play('alice', endTurn())
      .play('bob', endTurn())
      .play('alice', move({ unit: 2, x: 5, y: 7 }))
  })

  it.each([
    ['no-such-unit', { unit: 77 }],
    ['not-your-unit', { unit: 3 }],
    ['out-of-bounds', { x: -1 }],
    ['out-of-bounds', { y: -1 }],
    ['out-of-bounds', { x: BOARD_WIDTH }],
    ['too-far', { x: 7 }],
    ['too-far', { y: 7 }],
    ['cell-occupied', { x: 3, y: 2 }],
    ['cell-occupied', {}],
  ])('is refused with %s for %o', (code, changes) => {
    expect(facing().send('alice', move({ unit: 1, x: 2, y: 2, ...changes }))).toBe(code)
  })

  it('may end where a unit has fallen, and a fallen unit stays where it is', () => {
    const battle = facing().set('units', 3, { hp: 0 }).set('units', 2, { hp: 0 })
    expect(battle.send('alice', move({ unit: 1, x: 3, y: 2 }))).toBe('applied')
    expect(battle.send('alice', move({ unit: 2, x: 2, y: 4 }))).toBe('no-such-unit')
  })
})

describe('attack', () => {
  it('misses below the armour, and writes the roll down', () => {
    const battle = facing()
    expect(battle.send('alice', attack({ unit: 1, target: 3 }), 10)).toBe('applied')
    expect(battle.row('units', 3)).toMatchObject({ hp: 28 })
    expect(battle.host.rows('events').at(-1)).toEqual([6, 3, 'attack', 1, 3, 10, 0, false])
    expect(battle.row('units', 1)).toMatchObject({ acted: 3 })
  })

  it('hits from the armour on, with the dice of the class', () => {
    const battle = facing()
    expect(battle.send('alice', attack({ unit: 1, target: 3 }), 11, 7)).toBe('applied')
    expect(battle.row('units', 3)).toMatchObject({ hp: 28 - 10 })
    expect(battle.host.rows('events').at(-1)).toEqual([6, 3, 'attack', 1, 3, 11, 10, false])
    expect(battle.row('players', 'red')).toMatchObject({ damage: 10, kills: 0 })
  })

  it('hits twice as hard on 20, and never on 1', () => {
    const battle = facing()
    battle.send('alice', attack({ unit: 1, target: 3 }), 20, 4, 5)
    expect(battle.row('units', 3)).toMatchObject({ hp: 28 - 12 })
    const other = facing().set('units', 3, { class: 'wizard' })
    other.send('alice', attack({ unit: 1, target: 3 }), 1)
    expect(other.row('units', 3)).toMatchObject({ hp: 28 })
  })

  it('fells a unit, counts no more damage than it had hit points, and goes on while there are reserves', () => {
    const battle = facing().set('units', 3, { hp: 2 })
    battle.send('alice', attack({ unit: 1, target: 3 }), 19, 10)
    expect(battle.row('units', 3)).toMatchObject({ hp: 0 })
    expect(battle.row('players', 'red')).toMatchObject({ damage: 2, kills: 1 })
    expect(battle.row('players', 'blue')).toMatchObject({ alive: 0 })
    expect(battle.host.rows('events').at(-1)).toEqual([6, 3, 'attack', 1, 3, 19, 2, true])
    expect(battle.row('game', 1)).toMatchObject({ over: false })
    expect(battle.host.rows('verdict')).toEqual([])
  })

  it('decides the battle with the last unit of a side', () => {
    const battle = facing().set('units', 3, { hp: 1 }).set('players', 'blue', { reserves: 0 })
    expect(battle.send('alice', attack({ unit: 1, target: 3 }), 20, 1, 1)).toBe('applied')
    expect(battle.host.rows('verdict')).toEqual([[1, 'alice', 'annihilated', 6]])
    expect(battle.row('game', 1)).toMatchObject({ over: true })
    expect(battle.send('alice', endTurn())).toBe('game-over')
    expect(battle.send('bob', resign())).toBe('game-over')
    expect(battle.send('mallory', resign())).toBe('not-a-player')
  })

  it.each([
    ['no-such-unit', { unit: 77 }],
    ['not-your-unit', { unit: 3, target: 1 }],
    ['no-such-target', { target: 77 }],
    ['friendly-fire', { target: 2 }],
    ['friendly-fire', { target: 1 }],
    ['out-of-reach', { unit: 2, target: 3 }],
  ])('is refused with %s for %o', (code, changes) => {
    const battle = facing().set('units', 2, { y: 5 })
    expect(battle.send('alice', attack({ unit: 1, target: 3, ...changes }))).toBe(code)
  })

  it('comes once a turn, and not at the fallen', () => {
    const battle = facing().play('alice', attack({ unit: 1, target: 3 }))
    expect(battle.send('alice', attack({ unit: 1, target: 3 }))).toBe('already-acted')
    expect(
      facing()
        .set('units', 3, { hp: 0 })
        .send('alice', attack({ unit: 1, target: 3 })),
    ).toBe('no-such-target')
  })
})

describe('heal', () => {
  it('gives hit points back, up to all of them', () => {
    const battle = facing().set('units', 1, { hp: 10 })
    expect(battle.send('alice', heal({ unit: 2, target: 1 }), 8)).toBe('applied')
    expect(battle.row('units', 1)).toMatchObject({ hp: 20, acted: 0 })
    expect(battle.row('units', 2)).toMatchObject({ acted: 3 })
    expect(battle.row('players', 'red')).toMatchObject({ healed: 10 })
    expect(battle.host.rows('events').at(-1)).toEqual([6, 3, 'heal', 2, 1, null, 10, false])
    const scratched = facing().set('units', 1, { hp: 27 })
    scratched.send('alice', heal({ unit: 2, target: 1 }), 8)
    expect(scratched.row('units', 1)).toMatchObject({ hp: 28 })
  })

  it('works on the healer', () => {
    const battle = facing().set('units', 2, { hp: 10 })
    expect(battle.send('alice', heal({ unit: 2, target: 2 }), 1)).toBe('applied')
    expect(battle.row('units', 2)).toMatchObject({ hp: 13, acted: 3 })
    expect(battle.send('alice', heal({ unit: 2, target: 2 }))).toBe('already-acted')
  })

  it.each([
    ['not-a-healer', { unit: 1, target: 2 }],
    ['no-such-unit', { unit: 77 }],
    ['no-such-target', { target: 77 }],
    ['not-your-target', { target: 3 }],
    ['not-wounded', { target: 2 }],
    ['out-of-reach', { target: 1 }],
  ])('is refused with %s for %o', (code, changes) => {
    const battle = facing().set('units', 1, { hp: 10, y: 5 })
    expect(battle.send('alice', heal({ unit: 2, target: 1, ...changes }))).toBe(code)
  })
})

describe('resign', () => {
  it('gives the battle to the other side, in anybody’s turn', () => {
    const battle = facing().play('bob', resign())
    expect(battle.host.rows('verdict')).toEqual([[1, 'alice', 'resigned', 6]])
  })
})
