/** What a closed mirror answers. */
import { FoldbError } from '@foldb/abi'

export function closedMirror(): FoldbError {
  return new FoldbError('mirror-closed', 'the mirror is closed; open another')
}
