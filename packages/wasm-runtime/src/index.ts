/** Runs WebAssembly components as deterministic reducers. */
export { type Finding, inspectComponent, type Inspection } from './component/inspect.ts'
export { initWasmRuntime, type WasmRuntime, type WasmRuntimeOptions } from './init-wasm-runtime.ts'
export { loadReducer, type LoadOptions } from './load-reducer.ts'
export type { TransformCore } from './link/program.ts'
