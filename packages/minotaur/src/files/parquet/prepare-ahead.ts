/** The thread that decodes ahead, begun before what it will be asked for is known; until then it hashes the files. */
import { statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { prepareThread, type ThreadRoom } from '../../node/threads.ts';

/** The module whose function it runs. */
const MODULE = new URL(`./columns-ahead${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url).href;
/** It makes few objects that live. */
export const AHEAD_ROOM: ThreadRoom = 'small';
/** Of files whose rows take longer than a thread takes to begin. */
const MANY_BYTES = 1 << 25;

/**
 * Begins it where these are files so large that it pays, by their names and sizes: where threads are kept, `columnsAhead` finds it.
 * A name that is none of a file says nothing.
 */
export function prepareAhead(names: readonly string[]): void {
  if (availableParallelism() === 1 || !names.every((name) => name.toLowerCase().endsWith('.parquet'))) return;
  const bytes = names.reduce((sum, name) => sum + sizeOf(name), 0);
  if (bytes >= MANY_BYTES) prepareThread(MODULE, AHEAD_ROOM, { name: 'hashBefore', with: names });
}

/** NaN where it cannot be told, as of a link that leads to itself: whoever opens the file says why. */
function sizeOf(name: string): number {
  try {
    return statSync(name).size;
  } catch {
    return NaN;
  }
}
