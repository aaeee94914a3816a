/** Rows at which a difference begins, or grows by far more than it moves otherwise. */
import { NOTHING, apart } from './pattern.ts';
import type { Pair } from './pair.ts';
import { medianOf } from './robust.ts';

/** Rows on either side by which a movement is judged, and every how many of them. */
const AROUND = 30;
const EVERY = 5;
/** Of all rows: what leaps more often does not begin anew, it moves. */
const MOST_LEAPS = 0.2;
const FEW = 2000;

/** Several patterns ask for the same. */
const known = new WeakMap<Pair, number[]>();

export function jumpsOf(pair: Pair): number[] {
  const found = known.get(pair) ?? findJumps(pair);
  known.set(pair, found);
  return found;
}

function findJumps(pair: Pair): number[] {
  const { a, b, scale } = pair;
  const x = apart(pair).slice();
  let largest = 0;
  for (let i = 0; i < x.length; i++) {
    if (!Number.isFinite(x[i])) x[i] = 0;
    else if (x[i] > largest) largest = x[i];
  }
  const moved = (i: number): number => {
    if (i <= 0 || i >= a.length) return 0;
    const by = Math.abs(b[i] - a[i] - (b[i - 1] - a[i - 1])) / scale;
    return Number.isFinite(by) ? by : x[i];
  };
  const usual = (i: number): number => {
    const near: number[] = [];
    for (let k = Math.max(1, i - AROUND); k <= Math.min(a.length - 1, i + AROUND); k += EVERY) near.push(moved(k));
    return medianOf(Float64Array.from(near));
  };
  // What fades from a leap moves by far more than before it, row after row, and leaps no more.
  const isSudden = (i: number): boolean => moved(i) > 3 * moved(i - 1);
  const rows: number[] = [];
  let asked = 0;
  for (let i = 0; i < x.length; i++) {
    if (x[i] <= NOTHING || x[i] <= 1e-4 * largest) continue;
    let before = 0;
    for (let k = Math.max(0, i - 3); k < i; k++) before = Math.max(before, x[k]);
    const begins = before <= NOTHING || x[i] > 30 * before;
    const isLarge = !begins && moved(i) > 0.02 * largest;
    if (isLarge && ++asked > Math.max(FEW, MOST_LEAPS * x.length)) return [];
    const leaps = isLarge && isSudden(i) && moved(i) > 25 * Math.max(usual(i), 1e-9);
    if ((begins || leaps) && (rows.length === 0 || i - rows[rows.length - 1] > 3)) rows.push(i);
  }
  return rows;
}
