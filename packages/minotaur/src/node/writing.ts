/** Writing on a disk: what the system says against it, in words. */
import { existsSync, mkdirSync, readdirSync, rmdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { MinotaurError, fail } from 'minotaur-core/internal/base/errors';
import { systemWords } from './system-words.ts';

/** Runs `work`, turning the system's errors about writing `path` (disk full, no permission, ...) into ours. */
export function writing<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof MinotaurError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (typeof code !== 'string') throw error; // an abort has a number there
    fail('input', path, 'a place that can be written, with room enough', systemWords(error));
  }
}

/** Makes a directory; false where another process has made it meanwhile. */
function isMade(path: string): boolean {
  try {
    mkdirSync(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST' && existsSync(path) && statSync(path).isDirectory())
      return false;
    throw error;
  }
}

/** Makes a directory for an output; what is returned takes it away again, and those above that were made for it, where they are empty. */
export function makeDirectory(path: string): () => void {
  if (existsSync(path) && !statSync(path).isDirectory())
    fail('input', path, 'a directory, or a name that is free', 'a file');
  const made: string[] = [];
  writing(path, () => {
    const missing: string[] = [];
    for (let one = resolve(path); !existsSync(one); one = dirname(one)) missing.push(one);
    // One by one: where the system says of a directory that is there that it is not, as of /proc, Node's own way never ends.
    for (const one of missing.toReversed()) if (isMade(one)) made.push(one);
  });
  return () => {
    for (const one of made.toReversed()) {
      if (!existsSync(one)) continue;
      if (readdirSync(one).length > 0) return;
      rmdirSync(one);
    }
  };
}
