/** The PostgreSQL face of a state, and a PostgreSQL of one's own. */
export { mirrorDdl, schemaDdl } from './ddl.ts'
export { openMirror } from './mirror.ts'
export type { MirrorOptions } from './mirror-database.ts'
