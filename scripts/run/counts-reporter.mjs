/** A vitest reporter that writes how many tests passed, failed and were skipped to the file named by FOLDB_COUNTS_FILE. */
import { writeFileSync } from 'node:fs'

export default class CountsReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const counts = { passed: 0, failed: unhandledErrors.length, skipped: 0 }
    for (const module of modules) countModule(module, counts)
    const file = process.env.FOLDB_COUNTS_FILE
    if (file !== undefined) writeFileSync(file, JSON.stringify(counts))
  }
}

/** A file or suite that broke outside its tests counts as one failure. */
function countModule(module, counts) {
  for (const test of module.children.allTests()) {
    const { state } = test.result()
    if (state === 'passed' || state === 'failed') counts[state]++
    else counts.skipped++
  }
  counts.failed += module.errors().length
  for (const suite of module.children.allSuites()) counts.failed += suite.errors().length
}
