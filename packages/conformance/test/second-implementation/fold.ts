/** What a fold does around the reducer: protocol.md §3, §13, §14. */
import { MAX_SAFE, type Scalar } from './cbor.ts'
import { encodeCheckpoint } from './checkpoint.ts'
import type { Table } from './column-type.ts'
import { genesisDigest } from './genesis.ts'
import type { Param } from './manifest.ts'
import { root } from './mountain-range.ts'
import { entriesOf } from './operations.ts'
import { encodeReceipt, type Outcome } from './receipt.ts'
import type { Row } from './row.ts'
import { schemaDigest } from './schema.ts'
import { stateRoot, treeRoot } from './tree.ts'

/** Everything that a checkpoint is made of. */
export interface Folded {
  readonly genesis: Uint8Array
  readonly messages: readonly Uint8Array[]
  readonly outcomes: readonly Outcome[]
  readonly tables: readonly Table[]
  readonly rows: readonly Iterable<Row>[]
}

export function checkpointOf({ genesis, messages, outcomes, tables, rows }: Folded): Uint8Array {
  return encodeCheckpoint({
    genesis: genesisDigest(genesis),
    logRoot: root('log', messages),
    position: messages.length,
    stateRoot: stateRoot(schemaDigest(tables), treeRoot(entriesOf(tables, rows))),
    receiptRoot: root('receipt', outcomes.map(encodeReceipt)),
  })
}

/** Whether arguments fit what is declared. */
export function fits(params: readonly Param[], args: readonly (readonly [string, Scalar])[]): boolean {
  const names = params.map(({ name }) => name)
  if (args.some(([name]) => !names.includes(name))) return false
  return params.every(({ name, type, nullable }) => {
    const value = args.find(([found]) => found === name)?.[1] ?? null
    return value === null ? nullable : takes(type, value)
  })
}

function takes(type: string, value: Exclude<Scalar, null>): boolean {
  if (typeof value === 'boolean') return type === 'boolean'
  if ('integer' in value && type === 'float') return value.integer <= MAX_SAFE && value.integer >= -MAX_SAFE
  return type in value
}
