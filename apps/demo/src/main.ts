/** The demo: one battle folded, shown, replayed, and tampered with. */
import { renderBoard } from '@foldb/game-dnd'
import { checkpointDigest, checkVictoryCondition, type Derivation, deriveState, formatDigest } from 'foldb'
import { createBar } from './bar.ts'
import { findDifferences } from './differences.ts'
import { type Game, loadGame } from './game.ts'
import { replay } from './replays.ts'
import { tamper } from './tamper.ts'

const REPLAYS = 100
const PROCESSES = 2
const SHOWN = 12

const say = (text = ''): void => void process.stdout.write(`${text}\n`)
const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(2)} s`

async function fold(game: Game): Promise<Derivation> {
  const began = performance.now()
  const total = game.log.messages.length
  say(`Folding ${total} messages of a battle through reducer.wasm (${game.reducer.length} bytes)`)
  const bar = createBar('  folding', total)
  const db = await deriveState(game.log, game.reducer, { eagerQuery: true, onProgress: ({ done }) => bar.update(done) })
  bar.stop()
  say(`  ${db.position} messages in ${seconds(began)}`)
  return db
}

async function showState(db: Derivation): Promise<void> {
  say('\nThe board')
  say(renderBoard((await db.query('SELECT * FROM units ORDER BY id')).rows as never))
  say('\nUnits still standing: SELECT * FROM units WHERE hp > 0 ORDER BY owner, id')
  console.table((await db.query('SELECT * FROM units WHERE hp > 0 ORDER BY owner, id')).rows)
  say('Outcomes by code')
  console.table([
    { outcome: 'applied', messages: db.outcomes.applied },
    ...[...db.codes].toSorted(([, a], [, b]) => b - a).map(([outcome, messages]) => ({ outcome, messages })),
  ])
  const verdict = await checkVictoryCondition(db)
  say(verdict === undefined ? 'Nobody has won yet' : `Winner: ${String(verdict['winner'])}\n  verdict row ${JSON.stringify(verdict)}`)
}

function showCheckpoint(db: Derivation): void {
  const { position, genesis, logRoot, stateRoot, receiptRoot } = db.checkpoint
  say(`\nCheckpoint at position ${position}`)
  for (const [name, digest] of Object.entries({ genesis, logRoot, stateRoot, receiptRoot }))
    say(`  ${name.padEnd(12)} ${formatDigest(digest)}`)
  say(`  ${'checkpoint'.padEnd(12)} ${formatDigest(checkpointDigest(db.checkpoint))}`)
}

async function showReplays(db: Derivation): Promise<boolean> {
  const began = performance.now()
  say(`\nReplaying ${REPLAYS} times in ${PROCESSES} other processes, with new instances and no cache`)
  const bar = createBar('  replaying', REPLAYS)
  const { total, identical } = await replay(formatDigest(checkpointDigest(db.checkpoint)), REPLAYS, PROCESSES, (done) => bar.update(done))
  bar.stop()
  say(`  ${identical} of ${total} identical (${seconds(began)})`)
  return identical === total
}

async function showTampering(db: Derivation, game: Game): Promise<boolean> {
  const { log, position, before, after } = tamper(game.log)
  say(`\nSomebody changes message ${position} in a copy of the log: x = ${String(before.args['x'])} becomes ${String(after.args['x'])}`)
  await using forged = await deriveState(log, game.reducer)
  const roots = [db, forged].map(({ checkpoint }) => formatDigest(checkpoint.stateRoot))
  say(`  state root here   ${roots[0]}\n  state root there  ${roots[1]}`)
  const differences = await findDifferences(db, forged)
  say(
    `  the roots ${roots[0] === roots[1] ? 'agree' : 'differ'}; the tables differ in ${differences.length} cells${differences.length > SHOWN ? `, the first ${SHOWN}:` : ':'}`,
  )
  console.table(differences.slice(0, SHOWN))
  return roots[0] !== roots[1] && differences.length > 0
}

const game = await loadGame()
await using db = await fold(game)
await showState(db)
showCheckpoint(db)
const same = await showReplays(db)
const caught = await showTampering(db, game)
process.exitCode = same && caught ? 0 : 1
