/** What the browser test asks of `foldb`: the same text runs in Node and in the page, and must get the same answers. */

const ACCEPTANCE = 'SELECT owner, count(*) FROM units WHERE hp > 0 GROUP BY owner ORDER BY owner'
const ENDLESS = 'SELECT count(*) FROM generate_series(1, 100000000000) a'

/**
 * Every question by name. Answers are plain data: whoever asked may be in another process.
 *
 * @param foldb the package
 * @param {(file: string) => Promise<Uint8Array>} read
 */
export function questionsFor(foldb, read) {
  const { checkpointDigest, checkVictoryCondition, deriveState, formatDigest, parseJsonLines, parseMessages } = foldb

  async function derive({ log, reducer }, options) {
    const [bytes, wasm] = await Promise.all([read(log), read(reducer)])
    return deriveState(log.endsWith('.jsonl') ? parseJsonLines(bytes) : parseMessages(bytes), wasm, options)
  }

  function ends({ checkpoint, outcomes }) {
    const { position, genesis, logRoot, stateRoot, receiptRoot } = checkpoint
    const digests = { genesis, logRoot, stateRoot, receiptRoot, checkpoint: checkpointDigest(checkpoint) }
    const texts = Object.entries(digests).map(([name, digest]) => [name, formatDigest(digest)])
    return { position, ...Object.fromEntries(texts), outcomes: { ...outcomes } }
  }

  return {
    async fold(game, options) {
      await using db = await derive(game, options)
      return ends(db)
    },

    async append({ log, reducer }, at) {
      const messages = parseJsonLines(await read(log))
      await using db = await deriveState(messages.slice(0, at), await read(reducer))
      await db.append(messages.slice(at))
      return ends(db)
    },

    async query(game) {
      await using db = await derive(game)
      const first = await db.query(ACCEPTANCE)
      const byOwner = await db.query('SELECT id, x, y, hp FROM units WHERE owner = $1 ORDER BY id', [1])
      return { first, byOwner }
    },

    async refuseWrite(game) {
      await using db = await derive(game)
      const refusal = await refusalOf(db.query('DELETE FROM units'))
      return { refusal, after: await db.query(ACCEPTANCE), ...ends(db) }
    },

    async endQuery(game) {
      await using db = await derive(game, { queryTimeoutMs: 1000 })
      return { refusal: await refusalOf(db.query(ENDLESS)), after: await db.query(ACCEPTANCE) }
    },

    async verdict(game) {
      await using db = await derive(game)
      return (await checkVictoryCondition(db)) ?? 'undecided'
    },

    async refuseComponent() {
      return refusalOf(deriveState([], new Uint8Array([0, 97, 115, 109, 13, 0, 1, 0])))
    },
  }
}

function refusalOf(promise) {
  return promise.then(
    () => 'answered',
    ({ name, code }) => `${name} ${code}`,
  )
}
