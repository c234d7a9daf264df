// Generated from wit/reducer.wit by scripts/generate-wit-types.ts. Do not edit.
/** @module Interface foldb:reducer/entropy@0.1.0 **/
export function bytes(count: number): Uint8Array;
