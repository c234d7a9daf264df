/** The error of a component that cannot be a reducer. */
import { FoldbError } from '@foldb/abi'
import type { Finding } from './component/inspect.ts'

/** `bad-component` with every finding in `fields.findings`; the text has the first. */
export function badComponent(findings: readonly Finding[], cause?: unknown): FoldbError {
  const first = findings[0]
  const where = first?.offset === undefined ? '' : ` at byte ${first.offset}`
  const more = findings.length > 1 ? ` (and ${findings.length - 1} more)` : ''
  return new FoldbError('bad-component', `bad component${where}: ${first?.text ?? 'expected a reducer'}${more}`, {
    fields: { findings, ...(first?.offset === undefined ? {} : { offset: first.offset }) },
    cause,
  })
}
