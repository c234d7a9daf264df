/** Builders for the messages of a battle: kind and arguments; sender and time are the log's. */
import type { MessageArgs } from '@foldb/reducer-sdk'
import type { reducer } from './reducer.ts'
import type { ClassName } from './rules.ts'

/** A kind and its arguments: all of a message but its sender and time. */
export interface Order {
  readonly kind: string
  readonly args: Readonly<Record<string, number | string>>
}

type ArgsOfKind<K extends string> = MessageArgs<typeof reducer, K>

/** A unit of a class enters in the sender's camp, under a number that was not used before. */
export function spawn(args: ArgsOfKind<'spawn'> & { readonly class: ClassName }): Order {
  return { kind: 'spawn', args }
}

/** A unit moves, once a turn. */
export function move(args: ArgsOfKind<'move'>): Order {
  return { kind: 'move', args }
}

/** A unit attacks another side's unit; it attacks or heals once a turn. */
export function attack(args: ArgsOfKind<'attack'>): Order {
  return { kind: 'attack', args }
}

/** A cleric heals a wounded unit of its own side. */
export function heal(args: ArgsOfKind<'heal'>): Order {
  return { kind: 'heal', args }
}

/** The other side is to move. */
export function endTurn(): Order {
  return { kind: 'end-turn', args: {} }
}

/** The sender gives up; also when it is not their turn. */
export function resign(): Order {
  return { kind: 'resign', args: {} }
}
