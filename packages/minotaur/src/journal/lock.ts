/** One writer a journal, in all processes: another would take names of segments that the first is about to give. */
import { lockDirectory } from '../node/lock.ts';

/** Works while nobody else writes the journal, if there is one. @throws {MinotaurError} where another holds it, by whom */
export async function holdingJournal<T>(directory: string | undefined, work: () => Promise<T>): Promise<T> {
  if (directory === undefined) return work();
  const lock = lockDirectory(directory, 'session.lock', 'a journal that no other session writes');
  try {
    return await work();
  } finally {
    lock.release();
  }
}
