/** The page's script: answers what `browser-test.mjs` asks through `ask`. */
import * as foldb from 'foldb'
import { questionsFor } from './questions.mjs'

const questions = questionsFor(foldb, async (file) => {
  const response = await fetch(file)
  if (!response.ok) throw new Error(`expected ${file} to be served, got status ${response.status}`)
  return new Uint8Array(await response.arrayBuffer())
})

globalThis.ask = async (name, args) => {
  const began = performance.now()
  const answer = await questions[name](...args)
  return { answer, ms: performance.now() - began }
}
