/** A part of a pair that is long enough to try hypotheses on: some stretches, the first difference in one of them. */
import { isSame, type Pair } from '../measures/pair.ts';

/** Length of the stretches, and how many: for one explanation, and for two at once. */
export const SINGLE = [2048, 4] as const;
export const DOUBLE = [1024, 2] as const;
/** Rows before the first difference that are taken along. */
const BEFORE = 130;

/** Rows of `stretches` stretches of `length`: at the first difference, and evenly among the rows that differ. */
export function viewOf(pair: Pair, length: number, stretches: number): Pair {
  const { a, b, scale } = pair;
  const n = a.length;
  if (n <= length * stretches) return pair;
  const differing: number[] = [];
  const step = Math.max(1, Math.floor(n / 20_000));
  for (let i = 0; i < n && differing.length === 0; i++) if (!isSame(a[i], b[i])) differing.push(i);
  for (let i = 0; i < n; i += step) if (!isSame(a[i], b[i])) differing.push(i);
  const from: number[] = [];
  for (let k = 0; k < stretches; k++) {
    const row = differing[Math.floor(((differing.length - 1) * k) / Math.max(1, stretches - 1))];
    const wanted = Math.max(0, Math.min(n - length, row - BEFORE));
    // Behind the stretch before it, so that none is taken twice.
    const free = from.length === 0 ? wanted : Math.max(wanted, from[from.length - 1] + length);
    if (free + length <= n) from.push(free);
  }
  const part = (values: Float64Array): Float64Array => {
    const out = new Float64Array(from.length * length);
    from.forEach((start, k) => out.set(values.subarray(start, start + length), k * length));
    return out;
  };
  return { a: part(a), b: part(b), scale };
}
