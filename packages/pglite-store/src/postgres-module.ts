/** The part of PGlite's compiled PostgreSQL that this package drives. */

export interface PostgresModule {
  readonly HEAPU8: Uint8Array
  stackSave(): number
  stackRestore(pointer: number): void
  addFunction(callback: (pointer: number, length: number) => number, signature: string): number
  _pgl_set_rw_cbs(read: number, write: number): void
  _pq_buffer_remaining_data(): number
  _PostgresMainLoopOnce(): void
  _PostgresMainLongJmp(): void
  _PostgresSendReadyForQueryIfNecessary(): void
  _pgl_pq_flush(): void
  _IsTransactionBlock(): number
  _GetUserId(): number
  _SetUserIdAndSecContext(role: number, context: number): void
}
