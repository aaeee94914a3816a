/** The page of a report: refused before the run where it cannot be written, and there whole or not at all. */
import { writeFileSync } from 'node:fs';
import { partialFile, writing } from '../../files/atomic.ts';

/** A page that is to be written. */
export interface PageFile {
  /** Writes it and gives it its name. */
  write(html: string): void;
  /** Leaves nothing behind; nothing happens after `write`. */
  abort(): void;
}

/** @throws {MinotaurError} where there can be no file of that name */
export function openPage(path: string): PageFile {
  const file = partialFile(path);
  return {
    write(html) {
      writing(path, () => writeFileSync(file.path, html));
      file.commit();
    },
    abort: () => file.abort(),
  };
}

/** Hands `work` the page, where one is asked for; where `work` fails, nothing is left of it. */
export async function withPage<T>(
  path: string | undefined,
  work: (page: PageFile | undefined) => Promise<T>,
): Promise<T> {
  const page = path === undefined ? undefined : openPage(path);
  try {
    return await work(page);
  } finally {
    page?.abort();
  }
}
