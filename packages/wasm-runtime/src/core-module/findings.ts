/** Why the core modules of a component are refused: protocol.md, admission. */
import type { Profile } from '@foldb/abi'
import type { Finding } from '../component/inspect.ts'
import { Malformed, Reader } from '../component/reader.ts'
import { type CodeFacts, scanCode } from './instructions.ts'
import { type CoreModule, parseCoreModule } from './parse.ts'

/** Names that the runtime adds to core modules; a module of its own may not export them. */
export const RESERVED_PREFIX = '__foldb_'
/** Entries of one table. */
export const TABLE_ENTRIES_MAX = 1_000_000

function sizes(module: CoreModule, profile: Profile, offset: number): Finding[] {
  const findings: Finding[] = []
  for (const { minimum } of module.memories) {
    if (minimum <= profile.memoryPages) continue
    findings.push({
      code: 'too-large',
      offset,
      text: `expected a memory of at most ${profile.memoryPages} pages of 64 KiB at start, got ${minimum}: link it with a smaller stack and heap`,
    })
  }
  for (const { limits } of module.tables) {
    if (limits.minimum <= TABLE_ENTRIES_MAX) continue
    findings.push({ code: 'too-large', offset, text: `expected a table of at most ${TABLE_ENTRIES_MAX} entries, got ${limits.minimum}` })
  }
  for (const { name, offset: at } of module.exports) {
    if (!name.startsWith(RESERVED_PREFIX)) continue
    findings.push({
      code: 'reserved-name',
      offset: at,
      text: `expected no export that begins with ${RESERVED_PREFIX}, got ${name}: rename it`,
    })
  }
  return findings
}

/** Scans one core module. */
export function inspectModule(reader: Reader, profile: Profile): { findings: Finding[]; keepsState: boolean } {
  const start = reader.position
  const facts: CodeFacts = { features: new Map(), keepsState: false }
  try {
    const module = parseCoreModule(reader)
    for (const { id, content, end } of module.sections) if (id === 10) scanCode(new Reader(reader.bytes, content, end), facts)
    const findings = sizes(module, profile, start)
    for (const [feature, offset] of facts.features) {
      if (profile.features.includes(feature)) continue
      findings.push({
        code: 'unsupported-feature',
        offset,
        text: `expected a feature that the profile allows, got ${feature}: build it without, or fold under another profile`,
      })
    }
    return { findings, keepsState: facts.keepsState }
  } catch (error) {
    if (error instanceof Malformed) return { findings: [{ code: error.code, offset: error.offset, text: error.message }], keepsState: true }
    throw error
  }
}
