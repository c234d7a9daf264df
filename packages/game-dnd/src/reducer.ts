/** The battle: two players, units with classes, dice from the entropy of the log. */
import { defineReducer, integer, reject, text } from '@foldb/reducer-sdk'
import { classOf, decide, ownUnit, playerOf, roll, strike, targetUnit, turnOf } from './battle.ts'
import {
  CLASSES,
  CRITICAL_HIT,
  distance,
  hits,
  isClassName,
  isInCamp,
  isOnBoard,
  opponentOf,
  UNITS_IN_RESERVE,
  UNITS_ON_BOARD,
} from './rules.ts'
import { tables } from './tables.ts'
import { views } from './views.ts'

export const reducer = defineReducer({
  name: 'dnd',
  version: '1.0.0',
  tables,
  views,
  verdict: 'verdict',
  genesis: { red: text(), blue: text() },

  init({ args, db }) {
    if (args.red === args.blue) reject('same-player', 'red and blue must be two senders')
    const fresh = { reserves: UNITS_IN_RESERVE, alive: 0, kills: 0, damage: 0, healed: 0 }
    db.players.insert({ side: 'red', sender: args.red, ...fresh })
    db.players.insert({ side: 'blue', sender: args.blue, ...fresh })
    db.game.insert({ id: 1, turn: 1, side: 'red', over: false })
  },

  messages: {
    spawn: {
      params: { unit: integer(), class: text(), x: integer(), y: integer() },
      reduce({ args, db, message }) {
        const { player } = turnOf(db, message)
        if (!isClassName(args.class)) reject('no-such-class', `there is no class ${args.class}`)
        if (db.units.has(args.unit)) reject('unit-exists', `unit ${args.unit} has entered before`)
        if (player.reserves === 0) reject('no-reserves')
        if (player.alive >= UNITS_ON_BOARD) reject('too-many-units', `${UNITS_ON_BOARD} units stand already`)
        if (!isOnBoard(args)) reject('out-of-bounds')
        if (!isInCamp(player.side, args)) reject('outside-camp', 'units enter at their own edge')
        if (db.units.by.cell.get(args.x, args.y) !== undefined) reject('cell-occupied')
        const { hitPoints, armour } = CLASSES[args.class]
        db.units.insert({
          id: args.unit,
          owner: player.side,
          class: args.class,
          x: args.x,
          y: args.y,
          hp: hitPoints,
          hp_max: hitPoints,
          armour,
          moved: 0,
          acted: 0,
        })
        db.players.update(player, { reserves: player.reserves - 1, alive: player.alive + 1 })
      },
    },

    move: {
      params: { unit: integer(), x: integer(), y: integer() },
      reduce({ args, db, message }) {
        const { game, player } = turnOf(db, message)
        const unit = ownUnit(db, player, args.unit)
        if (unit.moved === game.turn) reject('already-moved', `unit ${unit.id} has moved in this turn`)
        if (!isOnBoard(args)) reject('out-of-bounds')
        if (distance(unit, args) > classOf(unit).speed) reject('too-far', `a ${unit.class} moves ${classOf(unit).speed} cells`)
        if (db.units.by.cell.get(args.x, args.y) !== undefined) reject('cell-occupied')
        db.units.update(unit, { x: args.x, y: args.y, moved: game.turn })
      },
    },

    attack: {
      params: { unit: integer(), target: integer() },
      reduce({ args, db, entropy, message }) {
        const turn = turnOf(db, message)
        const unit = ownUnit(db, turn.player, args.unit)
        if (unit.acted === turn.game.turn) reject('already-acted', `unit ${unit.id} has acted in this turn`)
        const target = targetUnit(db, args.target)
        if (target.owner === unit.owner) reject('friendly-fire', `unit ${target.id} is your own`)
        if (distance(unit, target) > classOf(unit).reach) reject('out-of-reach', `a ${unit.class} reaches ${classOf(unit).reach} cells`)
        const d20 = entropy.int(1, 20)
        const hit = hits(d20, classOf(unit), classOf(target))
        const damage = hit ? roll(entropy, classOf(unit).damage, d20 === CRITICAL_HIT ? 2 : 1) : 0
        const points = Math.min(damage, target.hp)
        db.units.update(unit, { acted: turn.game.turn })
        const fell = hit && strike(db, turn, target, damage, message)
        const event = { kind: 'attack', unit: unit.id, target: target.id, roll: d20, points, fell }
        db.events.insert({ position: message.position, turn: turn.game.turn, ...event })
      },
    },

    heal: {
      params: { unit: integer(), target: integer() },
      reduce({ args, db, entropy, message }) {
        const { game, player } = turnOf(db, message)
        const unit = ownUnit(db, player, args.unit)
        const dice = classOf(unit).heal ?? reject('not-a-healer', `a ${unit.class} cannot heal`)
        if (unit.acted === game.turn) reject('already-acted', `unit ${unit.id} has acted in this turn`)
        const target = targetUnit(db, args.target)
        if (target.owner !== unit.owner) reject('not-your-target', `unit ${target.id} is not your own`)
        if (distance(unit, target) > classOf(unit).reach) reject('out-of-reach')
        if (target.hp === target.hp_max) reject('not-wounded', `unit ${target.id} has all its hit points`)
        const points = Math.min(roll(entropy, dice), target.hp_max - target.hp)
        const acted = game.turn
        const hp = target.hp + points
        if (unit.id === target.id) {
          db.units.update(unit, { hp, acted })
        } else {
          db.units.update(unit, { acted })
          db.units.update(target, { hp })
        }
        db.players.update(player, { healed: player.healed + points })
        const event = { kind: 'heal', unit: unit.id, target: target.id, points, fell: false }
        db.events.insert({ position: message.position, turn: game.turn, ...event })
      },
    },

    'end-turn': {
      params: {},
      reduce({ db, message }) {
        const { game } = turnOf(db, message)
        db.game.update(game, { turn: game.turn + 1, side: opponentOf(game.side) })
      },
    },

    resign: {
      params: {},
      reduce({ db, message }) {
        const { game, player } = playerOf(db, message)
        decide(db, game, db.players.get(opponentOf(player.side))!, 'resigned', message)
      },
    },
  },
})
