/** The reducer contract: the WIT, and its TypeScript face. */
export * from './digest.ts'
export * from './error.ts'
export * from './manifest.ts'
export * from './message.ts'
export * from './profile.ts'
export * from './value.ts'
export { REDUCER_PACKAGE, WORLDS, type World } from './world.ts'
