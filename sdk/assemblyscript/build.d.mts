/** How a reducer is built. */
export interface BuildOptions {
  /** The AssemblyScript entry file, below `baseDir`. */
  readonly entry: string
  /** Where `node_modules` is looked for; the working directory when left out. */
  readonly baseDir?: string
  /** Memory at the start, in pages of 64 KiB, 2 when left out: a message that needs more makes the host replace the instance. */
  readonly initialPages?: number
}

/**
 * The bytes of a component of the world `typed-reducer`; the same sources and versions give the same bytes.
 * @throws Error with asc's findings when the sources do not compile.
 *
 * @example
 * await writeFile('reducer.wasm', await buildReducer({ entry: 'assembly/reducer.ts' }))
 */
export declare function buildReducer(options: BuildOptions): Promise<Uint8Array>

/** The bytes of a core module that imports nothing of the reducer's world; `flags` go to asc as they are. */
export declare function buildCore(options: {
  readonly entry: string
  readonly baseDir?: string
  readonly flags?: readonly string[]
}): Promise<Uint8Array>
