/** Vectors and behaviours that any implementation of foldb can be held against. */
export { type CheckpointVector, describeCheckpoint, foldLog, genesisFor, openFold } from './fold-log.ts'
export { readCases, readVector, vectorUrl } from './vectors.ts'
