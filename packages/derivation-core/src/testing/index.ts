/** Suites that any implementation of a port can run, written for vitest. */
export { logConformance, type OpenLog } from './log-conformance.ts'
export { mirrorConformance, type OpenMirror } from './mirror-conformance.ts'
export { createNativeReducer, type NativeReducerOptions, Rejection } from './native-reducer.ts'
export { reducerConformance, type ReducerConformanceOptions } from './reducer-conformance.ts'
export { SAMPLE_TABLES } from './sample-tables.ts'
export { type CreateTables, tablesConformance } from './tables-conformance.ts'
export {
  type Answer,
  answerOf,
  createScriptedReducer,
  type HostAnswer,
  type HostCall,
  type RowOperation,
  type Script,
  type ScriptedReducerOptions,
} from './scripted-reducer.ts'
