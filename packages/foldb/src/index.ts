/** Fold a message log through a WebAssembly reducer into a PostgreSQL database that is the same on every machine. */
export { checkVictoryCondition, deriveState } from './derive.ts'
export type { Derivation } from './derivation.ts'
export type { LogLine, OutcomeCounts } from './engine/engine.ts'
export type { DeriveOptions, FoldCallOptions, GenesisLog, LogSource, Progress } from './options.ts'
export type { QueryRows } from './query-face.ts'
export { DEFAULT_PROFILE, Fault, FoldbError, formatDigest, parseDigest } from '@foldb/abi'
export type { Checkpoint, Genesis, Manifest, Message, Outcome, Profile, Value } from '@foldb/abi'
export {
  checkpointDigest,
  decodeMessage,
  encodeAppData,
  encodeMessage,
  formatJsonMessage,
  parseJsonLines,
  parseMessages,
} from '@foldb/derivation-core'
export type { EncodedMessage, MessageLog } from '@foldb/derivation-core'
