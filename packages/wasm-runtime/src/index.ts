/** Runs WebAssembly components as deterministic reducers. */
export { type Finding, inspectComponent, type Inspection } from './component/inspect.ts'
export { loadReducer, type LoadOptions } from './load-reducer.ts'
export type { TransformCore } from './link/program.ts'
