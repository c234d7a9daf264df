/** Whether a component runs here: loaded and validated as a fold does it. */
import { DEFAULT_PROFILE } from '@foldb/abi'
import { validateManifest } from '@foldb/derivation-core'
import { loadReducer } from '@foldb/wasm-runtime'

/** @throws FoldbError `bad-component`, `bad-manifest` */
export async function requireRunnable(bytes: Uint8Array): Promise<void> {
  using reducer = await loadReducer(bytes)
  validateManifest(reducer.manifest, DEFAULT_PROFILE)
}
