/** Differences that begin here and there and settle: what went in differed for some rows. */
import { jumpsOf } from '../measures/jumps.ts';
import { apart, NOTHING, type Pattern } from '../measures/pattern.ts';

/** Of all rows, those that differ at most. */
const MOST = 0.6;
/** Largest difference at the end, of the largest. */
const SETTLED = 0.05;

export const disturbed: Pattern = (pair, { starts, name }) => {
  const x = apart(pair);
  const jumps = jumpsOf(pair).filter((row) => !starts.some((start) => row <= start + 2 && row >= start));
  if (jumps.length === 0) return undefined;
  const largest = (values: Float64Array): number =>
    values.reduce((most, v) => (v > most && v !== Infinity ? v : most), 0);
  const differing = x.reduce((n, value) => n + (value > NOTHING ? 1 : 0), 0);
  const tail = x.subarray(-Math.max(5, Math.floor(x.length / 50)));
  if (differing > MOST * x.length || differing <= 2 * jumps.length || largest(tail) > SETTLED * largest(x))
    return undefined;
  const stretches = jumps.length === 1 ? 'one stretch' : `${jumps.length.toLocaleString('en')} stretches`;
  const text = `differs in ${stretches}, first at ${name(jumps[0])}, and settles: what went in differed for some rows`;
  return { cause: 'disturbed input', text };
};
