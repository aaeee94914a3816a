/** A program with all that it starts: ended together, when it is late and when the run is stopped. */
import type { ChildProcess } from 'node:child_process';

/** Options of a program that is to be ended with its own children: a group of its own, where the system has such. */
export const GROUPED = { detached: process.platform !== 'win32', windowsHide: true } as const;

/** Ends a program that was started with `GROUPED`, and whatever it has started. */
export function endGroup(child: ChildProcess): void {
  try {
    if (GROUPED.detached && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    else child.kill('SIGKILL');
  } catch {
    // Nothing of it is left.
  }
}

/**
 * Watches over a program for as long as it runs: a run that is stopped ends it, and so does the end of this process.
 * Returns what ends the watch.
 */
export function endedWith(child: ChildProcess, signal: AbortSignal | undefined): () => void {
  const end = (): void => endGroup(child);
  if (signal?.aborted === true) end();
  signal?.addEventListener('abort', end);
  process.on('exit', end);
  return () => {
    signal?.removeEventListener('abort', end);
    process.off('exit', end);
  };
}
