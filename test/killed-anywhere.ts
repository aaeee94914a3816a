/**
 * For tests: what a journal's directory is behind every write of a session, as a kill there would leave it. Writes are synchronous, so
 * between two of them a kill leaves what the one before left.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join, resolve } from 'node:path';

export interface Left {
  readonly journal: string;
  /** What was written last, and how much of it there is. */
  readonly behind: string;
}

/** Copies `journal` to directories of `into` behind each write and each renaming in it; what is returned ends that. */
export function keepEveryState(journal: string, into: string, onKept: (left: Left) => void): () => void {
  const { writeSync, renameSync } = fs;
  const root = resolve(journal);
  const descriptors = '/proc/self/fd';
  let kept = 0;
  const keep = (behind: string): void => {
    const copy = join(into, String(kept++));
    // The lock of a process that is dead counts for nothing; this one lives.
    fs.cpSync(root, copy, { recursive: true, filter: (from) => !from.endsWith('session.lock') });
    onKept({ journal: copy, behind });
  };
  fs.writeSync = ((descriptor: number, ...rest: [Uint8Array]) => {
    const written = (writeSync as (...all: unknown[]) => number)(descriptor, ...rest);
    const file = fs.readlinkSync(join(descriptors, String(descriptor)));
    if (file.startsWith(root)) keep(`${file.slice(root.length + 1)}, ${written} bytes`);
    return written;
  }) as typeof writeSync;
  fs.renameSync = (from, to) => {
    renameSync(from, to);
    if (String(to).startsWith(root)) keep(`${String(to).slice(root.length + 1)} renamed`);
  };
  syncBuiltinESMExports();
  return () => {
    Object.assign(fs, { writeSync, renameSync });
    syncBuiltinESMExports();
  };
}
