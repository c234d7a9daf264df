/** One process of the replay: folds the game again and again with new instances and prints the checkpoint of each, a line each. */
import { checkpointDigest, deriveState, formatDigest } from 'foldb'
import { loadGame } from './game.ts'

const times = Number(process.argv[2])
const { log, reducer } = await loadGame()
for (let i = 0; i < times; i++) {
  await using db = await deriveState(log, reducer, { worker: false })
  process.stdout.write(`${formatDigest(checkpointDigest(db.checkpoint))}\n`)
}
