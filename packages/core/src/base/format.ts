/** Whatever is written for later says its format, so that what cannot be read is refused by that and not by what it looks like. */
import { fail } from './errors.ts';

export interface FormatCheck {
  /** What it is, in words. */
  readonly what: string;
  /** Formats that are read. */
  readonly expected: number;
  /** As it says of itself; what says nothing is of the first. */
  readonly found: unknown;
  readonly where: string;
  /** What to do with an older one. */
  readonly instead: string;
}

/** Refuses what is of another format, naming both, and what to do. */
export function requireFormat({ what, expected, found = 1, where, instead }: FormatCheck): void {
  if (found === expected) return;
  const age = typeof found === 'number' && found < expected ? `an older version: ${instead}` : 'a newer version';
  fail('state', where, `${what} of format ${expected}`, `format ${String(found)}, of ${age}`);
}
