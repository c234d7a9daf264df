/** What a reducer must not use: each of it throws a sentence that names the deterministic way. Runs first in every component. */

const TIME = 'is not deterministic: use message.time'
const RANDOM = 'is not deterministic: use entropy.bytes or entropy.int'
const LATER = 'never runs: a reducer is synchronous, and nothing is left of it when it has answered'
const LOCALE = 'depends on the machine: compare with <, format by hand, or leave it to the view'
const COLLECTED = 'depends on when garbage is collected: keep what matters in tables'
const NETWORK = 'is not there: a reducer sees its tables and the message, nothing else'
const CONSOLE = 'is not there: use log.info'

/** Global functions, classes and objects by name. */
export const FORBIDDEN_GLOBALS: Readonly<Record<string, string>> = {
  Date: TIME,
  performance: TIME,
  crypto: RANDOM,
  setTimeout: LATER,
  setInterval: LATER,
  setImmediate: LATER,
  clearTimeout: LATER,
  clearInterval: LATER,
  clearImmediate: LATER,
  queueMicrotask: LATER,
  Intl: LOCALE,
  WeakRef: COLLECTED,
  FinalizationRegistry: COLLECTED,
  fetch: NETWORK,
  XMLHttpRequest: NETWORK,
  WebSocket: NETWORK,
  process: NETWORK,
  navigator: NETWORK,
  console: CONSOLE,
}

/** Methods by the global that has them on itself or on its prototype. */
export const FORBIDDEN_METHODS: Readonly<Record<string, string>> = {
  'Math.random': RANDOM,
  'String.prototype.localeCompare': LOCALE,
  'String.prototype.toLocaleLowerCase': LOCALE,
  'String.prototype.toLocaleUpperCase': LOCALE,
  'Number.prototype.toLocaleString': LOCALE,
  'BigInt.prototype.toLocaleString': LOCALE,
  'Object.prototype.toLocaleString': LOCALE,
  'Array.prototype.toLocaleString': LOCALE,
}

function thrower(name: string, why: string): () => never {
  return () => {
    throw new Error(`${name} ${why}`)
  }
}

/** Something that throws however it is used: called, constructed, or asked for a property. Symbols pass, so that it can be printed. */
function trapped(name: string, why: string): unknown {
  const refuse = thrower(name, why)
  // A function and not an arrow: only then does `new` reach the trap.
  return new Proxy(function () {}, {
    apply: refuse,
    construct: refuse,
    set: refuse,
    get: (target, property) => (typeof property === 'symbol' ? Reflect.get(target, property) : thrower(`${name}.${property}`, why)()),
  })
}

/** Replaces everything above in `scope`, which is `globalThis` in a component. */
export function forbidAmbient(scope: Record<string, unknown> = globalThis): void {
  const define = (on: object, key: string, value: unknown): void => {
    Object.defineProperty(on, key, { value, configurable: true, enumerable: false, writable: true })
  }
  for (const [name, why] of Object.entries(FORBIDDEN_GLOBALS)) define(scope, name, trapped(name, why))
  for (const [path, why] of Object.entries(FORBIDDEN_METHODS)) {
    const names = path.split('.')
    const method = names.pop()!
    let holder: object | undefined = scope
    for (const name of names) holder = (holder as Record<string, object> | undefined)?.[name]
    if (holder !== undefined) define(holder, method, thrower(names[0] === 'Math' ? path : method, why))
  }
}
