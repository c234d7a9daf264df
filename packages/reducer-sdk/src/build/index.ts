/** Makes components of reducers. */
export { buildReducer, type BuildOptions } from './build-reducer.ts'
