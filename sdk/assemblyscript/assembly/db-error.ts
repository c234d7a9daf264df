/// A row operation or a statement that was refused: it changed nothing, and the reducer may go on.
import { RESULT } from './memory'
import { refuse } from './rejection'
import { loadText } from './text'

export class DbError {
  constructor(
    /// five characters: `23505` is a unique violation
    public sqlstate: string,
    /// the constraint that was violated, or ""
    public constraint: string,
  ) {}
}

/// The error of the host call that just returned, or null.
export function errorOf(): DbError | null {
  return load<u8>(RESULT) == 0 ? null : new DbError(loadText(RESULT + 4), loadText(RESULT + 12))
}

/// Whether the host call that just returned succeeded; if not, the message is refused as `sql-<sqlstate>`.
export function succeeded(): bool {
  if (load<u8>(RESULT) == 0) return true
  const error = errorOf()!
  refuse('sql-' + error.sqlstate.toLowerCase(), error.constraint)
  return false
}
