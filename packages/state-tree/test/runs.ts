/** How many runs a property gets: FOLDB_RUNS multiplies them. */
const factor = Number(process.env['FOLDB_RUNS'] ?? 1)

export const SEED = 20_261_124

export function runs(count: number): { readonly seed: number; readonly numRuns: number } {
  return { seed: SEED, numRuns: Math.max(1, Math.round(count * factor)) }
}
