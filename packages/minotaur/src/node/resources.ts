/** What this process has taken. */
import { readFileSync } from 'node:fs';

/**
 * The most memory that the process ever held, bytes. Linux begins `maxRSS` of a process at what its parent held when it
 * started it, so that it is asked there for that of its address space alone.
 */
export function peakRssBytes(): number {
  const own = process.platform === 'linux' ? /^VmHWM:\s+(\d+) kB$/m.exec(statusOf())?.[1] : undefined;
  return 1024 * (own === undefined ? process.resourceUsage().maxRSS : Number(own));
}

function statusOf(): string {
  try {
    return readFileSync('/proc/self/status', 'utf8');
  } catch {
    // Not every sandbox has it.
    return '';
  }
}
