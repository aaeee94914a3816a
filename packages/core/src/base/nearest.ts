import { closest, distance } from 'fastest-levenshtein';

/** ` (did you mean 'ema'?)`, or nothing where no known name is near. */
export function nearest(name: string, known: readonly string[]): string {
  if (known.length === 0) return '';
  const best = closest(name, known);
  const steps = distance(name, best);
  // Of a letter or two anything is near.
  return steps > 0 && steps < name.length && steps <= Math.max(2, name.length / 3) ? ` (did you mean '${best}'?)` : '';
}
