/** Which process works on a trial, and whether it still does: what was killed never says so. */
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

export interface Worker {
  readonly host: string;
  readonly pid: number;
  /** When the process began, in the system's own count; null where the system does not say. A number is given to others later. */
  readonly began: string | null;
}

export const thisWorker = (): Worker => ({ host: hostname(), pid: process.pid, began: beganOf(process.pid) });

/** Whether it works on this machine; a container that is started anew may bear another name. */
export const isHere = ({ host }: Worker): boolean => host === hostname();

/** Whether the process is gone, as far as this machine can tell: of another machine it is said of none. */
export function isGone(worker: Worker): boolean {
  if (!isHere(worker)) return false;
  const { pid, began } = worker;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'EPERM';
  }
  return beganOf(pid) !== began;
}

/** Field 22 of Linux's /proc/PID/stat; the name before it may hold anything. */
function beganOf(pid: number): string | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}
