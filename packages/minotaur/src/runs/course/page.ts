/** The page of a report: refused before the run where it cannot be written, and there whole or not at all. */
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { fail } from 'minotaur-core/internal/base/errors';
import { writing } from '../../node/writing.ts';
import { partialFile, type PartialFile } from '../../files/atomic.ts';

/** What every page begins with. */
const BEGINNING = '<!doctype html';

/** Refuses to put a page in place of a file that is none: of trades, by a slip, which would be lost. */
export function requirePage(path: string): void {
  const found = writing(path, () => statSync(path, { throwIfNoEntry: false }));
  if (found?.isFile() !== true) return;
  const handle = openSync(path, 'r');
  const head = Buffer.alloc(BEGINNING.length);
  const length = readSync(handle, head);
  closeSync(handle);
  if (length > 0 && head.toString('latin1').toLowerCase() !== BEGINNING)
    fail('input', path, 'a name that is free, or that of a page', 'a file that is no page');
}

/** For a page that belongs to a run's own outputs. */
export { writeWhole as writePage } from '../../files/atomic.ts';

/** A page that is to be written. */
export type PageFile = Pick<PartialFile, 'write'>;

/** Hands `work` the page, where one is asked for; where `work` fails, nothing is left of it. */
export async function withPage<T>(
  path: string | undefined,
  work: (page: PageFile | undefined) => Promise<T>,
): Promise<T> {
  if (path !== undefined) requirePage(path);
  const page = path === undefined ? undefined : partialFile(path);
  try {
    return await work(page);
  } finally {
    page?.abort();
  }
}
