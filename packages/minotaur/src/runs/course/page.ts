/** The page of a report: refused before the run where it cannot be written, and there whole or not at all. */
import { partialFile, type PartialFile } from '../../files/atomic.ts';

/** For a page that belongs to a run's own outputs. */
export { writeWhole as writePage } from '../../files/atomic.ts';

/** A page that is to be written. */
export type PageFile = Pick<PartialFile, 'write'>;

/** Hands `work` the page, where one is asked for; where `work` fails, nothing is left of it. */
export async function withPage<T>(
  path: string | undefined,
  work: (page: PageFile | undefined) => Promise<T>,
): Promise<T> {
  const page = path === undefined ? undefined : partialFile(path);
  try {
    return await work(page);
  } finally {
    page?.abort();
  }
}
