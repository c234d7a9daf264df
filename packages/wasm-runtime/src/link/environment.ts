/** Where this runs. */

/** Node and what behaves like it: text may become a function, and there is a file system. */
export function isNode(): boolean {
  return typeof process !== 'undefined' && typeof process.versions?.node === 'string' && typeof document === 'undefined'
}
