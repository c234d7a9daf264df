/**
 * Writes the skirmish logs (JSON Lines, protocol.md §3) and the tables they end in.
 *
 *   node --conditions=@foldb/source packages/conformance/scripts/skirmish-log.ts
 */
import { writeFileSync } from 'node:fs'
import { type SkirmishFinal, type SkirmishMessage, SkirmishReference } from '../test/skirmish-reference.ts'
import { skirmish } from './skirmish-generator.ts'

const SEED = 42
const START_MS = 1_700_000_000_000
const STEP_MS = 1000
const FOLDER = new URL('../vectors/skirmish/', import.meta.url)

export interface SkirmishLog {
  readonly lines: readonly string[]
  readonly final: SkirmishFinal
}

/** The first `count` messages of a seed as lines of JSON, and the reference's answer to them. */
export function skirmishLog(count: number, seed: number = SEED): SkirmishLog {
  const reference = new SkirmishReference()
  const lines: string[] = []
  for (const message of skirmish(seed)) {
    lines.push(lineOf(message, lines.length + 1))
    reference.apply(message)
    if (lines.length === count) break
  }
  return { lines, final: reference.final() }
}

function lineOf({ kind, ...args }: SkirmishMessage, position: number): string {
  return JSON.stringify({ sender: `player-${args.player}`, time: START_MS + position * STEP_MS, kind, args })
}

/** JSON with a row a line. */
export function formatFinal({ tables, outcomes }: SkirmishFinal): string {
  const written = Object.entries(tables).map(([name, rows]) => {
    const lines = rows.map((row: readonly unknown[]) => `      ${JSON.stringify(row)}`)
    return `    ${JSON.stringify(name)}: [\n${lines.join(',\n')}\n    ]`
  })
  return `{\n  "outcomes": ${JSON.stringify(outcomes)},\n  "tables": {\n${written.join(',\n')}\n  }\n}\n`
}

if (import.meta.main) {
  for (const count of [1000, 10_000]) {
    const { lines, final } = skirmishLog(count)
    writeFileSync(new URL(`log-${count}.jsonl`, FOLDER), `${lines.join('\n')}\n`)
    writeFileSync(new URL(`final-${count}.json`, FOLDER), formatFinal(final))
    console.log(`${count} messages: ${JSON.stringify(final.outcomes)}`)
  }
}
