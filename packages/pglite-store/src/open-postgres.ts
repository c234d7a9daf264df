/** One PostgreSQL in memory, started from a packed data directory and driven synchronously from then on. */
import type { PGlite } from '@electric-sql/pglite'
import { Client } from './client.ts'
import { readPostgresWasm, readTemplate } from './package-files.ts'
import type { PostgresModule } from './postgres-module.ts'

export interface PostgresOptions {
  /** PGlite's compiled module, when the caller has it; in Node it is found and compiled here. */
  readonly wasmModule?: WebAssembly.Module
  /** What PostgreSQL may allocate, in MiB, 128–2048; beyond it a statement fails with 53200. Tables lie outside of it. Default 512. */
  readonly memoryMiB?: number
}

/** A running PostgreSQL; nobody but this client talks to it. */
export interface Postgres extends AsyncDisposable {
  readonly client: Client
  /** A packed copy of the data directory, as PGlite makes it. */
  dump(): Promise<Uint8Array<ArrayBuffer>>
}

const PAGES_PER_MIB = 16
const GZIP_MAGIC = 0x1f
const EMPTY_MODULE = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0)

/** Starts a database from a data directory (a tar, packed or not), by default from the template of this package. */
export async function openPostgres(options: PostgresOptions = {}, dataDirectory?: Uint8Array<ArrayBuffer>): Promise<Postgres> {
  const [{ PGlite }, wasmModule, data] = await Promise.all([
    import('@electric-sql/pglite'),
    options.wasmModule ?? compilePostgres(),
    dataDirectory ?? readTemplate(),
  ])
  const memory = { initial: 128 * PAGES_PER_MIB, maximum: Math.min(2048, Math.max(128, options.memoryMiB ?? 512)) * PAGES_PER_MIB }
  /** PGlite asks for all array types at its start, for a parser that is not used here. */
  class QuietPGlite extends PGlite {
    override async _initArrayTypes(): Promise<void> {}
  }
  const pglite = new QuietPGlite({
    ...(wasmModule === undefined ? {} : { pgliteWasmModule: wasmModule }),
    initdbWasmModule: new WebAssembly.Module(EMPTY_MODULE),
    loadDataDir: new Blob([data], { type: data[0] === GZIP_MAGIC ? 'application/x-gzip' : 'application/x-tar' }),
    extensions: {
      memory: {
        name: 'memory',
        setup: async (_pglite, emscripten) => ({ emscriptenOpts: { ...emscripten, wasmMemory: new WebAssembly.Memory(memory) } }),
      },
    },
  })
  await pglite.waitReady
  const client = new Client(pglite.Module as unknown as PostgresModule)
  return serve(pglite, client)
}

function serve(pglite: PGlite, client: Client): Postgres {
  return {
    client,
    async dump() {
      client.run('checkpoint')
      return new Uint8Array(await (await pglite.dumpDataDir('gzip')).arrayBuffer())
    },
    async [Symbol.asyncDispose]() {
      if (!pglite.closed) await pglite.close()
    },
  }
}

async function compilePostgres(): Promise<WebAssembly.Module | undefined> {
  const bytes = await readPostgresWasm()
  return bytes === undefined ? undefined : new WebAssembly.Module(bytes)
}
