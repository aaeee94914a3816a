/** One writer a directory: a file that says whose it is, and that ends with its process. */
import { closeSync, openSync, readFileSync, statSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { fail } from 'minotaur-core/internal/base/errors';
import { makeDirectory, writing } from './writing.ts';

/** A directory that is its holder's until it is let go. */
export interface DirectoryLock {
  release(): void;
}

/** Milliseconds for which a file without a word may be one that is being written; later it is what a kill or a loss of power left. */
const WRITTEN_MS = 10_000;

/** When a process began, as the system counts it: a number that came back to another process is not the same. Empty where nobody knows. */
function beginningOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

function lives(pid: number, beginning: string): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const now = beginningOf(pid);
  return now === '' || beginning === '' || now === beginning;
}

/**
 * Takes `directory`, which is made where it is missing, by the file `name` in it. A lock that a process left as it was killed is no lock.
 * `expected` is what it has to be where it is another's. Processes of other machines, or of other containers, are not seen.
 * @throws {MinotaurError} of kind `state` where a process that lives has it
 */
export function lockDirectory(directory: string, name: string, expected: string): DirectoryLock {
  makeDirectory(directory);
  const path = join(directory, name);
  const own = `${process.pid} ${beginningOf(process.pid)}\n`;
  for (let tries = 0; ; tries++) {
    try {
      const handle = openSync(path, 'wx');
      writeSync(handle, own);
      closeSync(handle);
      return { release: () => unlinkSync(path) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST')
        writing(directory, () => {
          throw error;
        });
    }
    const holder = readFileSync(path, 'utf8').trim();
    const [pid, beginning = ''] = holder.split(' ');
    const isHeld = holder === '' ? Date.now() - statSync(path).mtimeMs < WRITTEN_MS : lives(Number(pid), beginning);
    if (tries > 0 || isHeld)
      fail('state', directory, expected, holder === '' ? 'one that begins' : `one of process ${pid}`);
    unlinkSync(path);
  }
}
