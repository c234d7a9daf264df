/** The worked game: its rules, its messages, its rows. The component itself is `@foldb/game-dnd/reducer.wasm`. */
export { attack, endTurn, heal, move, type Order, resign, spawn } from './messages.ts'
export { type DrawnUnit, renderBoard } from './render-board.ts'
export {
  BOARD_HEIGHT,
  BOARD_WIDTH,
  type Cell,
  CLASSES,
  CLASS_NAMES,
  type ClassName,
  type Dice,
  distance,
  isInCamp,
  isOnBoard,
  opponentOf,
  type Side,
  SIDES,
  type UnitClass,
  UNITS_IN_RESERVE,
  UNITS_ON_BOARD,
} from './rules.ts'
export type { BattleEvent, Game, Player, Unit, Verdict } from './tables.ts'
