/** Both mirrors pass the suite that every mirror has to pass. */
import { mirrorConformance } from '@foldb/derivation-core/testing'
import { openMirror } from '../src/mirror.ts'
import { openMirrorWorker } from '../src/open-mirror-worker.ts'

mirrorConformance('a PGlite in this thread', openMirror)
mirrorConformance('a PGlite in a worker', openMirrorWorker)
