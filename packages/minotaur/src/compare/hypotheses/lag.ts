/** B is A some rows late, or early. */
import { isNear, type Explanation, type Hypothesis, type Pair } from '../measures/pair.ts';
import { changesOf, correlation, ranksOf } from '../measures/robust.ts';

/** Rows either way. */
const FARTHEST = 120;
/** Rows that are looked at for equal values. */
const LOOKED_AT = 400;
/** Rows whose changes are compared. */
const LONG_ENOUGH = 1024;

export function shifted(values: Float64Array, rows: number): Float64Array {
  const out = new Float64Array(values.length).fill(NaN);
  if (Math.abs(rows) >= values.length) return out;
  if (rows >= 0) out.set(values.subarray(0, values.length - rows), rows);
  else out.set(values.subarray(-rows));
  return out;
}

/** The shift by which most values are equal, of those that would be others without it. */
function byValues({ a, b, scale }: Pair): number {
  const n = a.length;
  const step = Math.max(1, Math.floor(n / LOOKED_AT));
  let [best, most] = [0, 0.5];
  for (let rows = -FARTHEST; rows <= FARTHEST; rows++) {
    let [equal, asked] = [0, 0];
    for (let i = Math.max(0, rows); i < Math.min(n, n + rows); i += step) {
      if (b[i] !== b[i] || isNear(a[i], b[i], scale)) continue;
      asked++;
      if (isNear(a[i - rows], b[i], scale)) equal++;
    }
    const share = asked < 3 ? 0 : equal / asked - 1e-4 * Math.abs(rows);
    if (share > most) [best, most] = [rows, share];
  }
  return best;
}

/** The shift by which changes go together best; 0 where none is better than none. */
function byChanges({ a, b }: Pair): number {
  const ranks = (values: Float64Array): Float64Array => ranksOf(changesOf(values.subarray(0, LONG_ENOUGH)));
  const [x, y] = [ranks(a), ranks(b)];
  let [best, most] = [0, Math.max(0.3, Math.abs(correlation(x, y)) + 0.05)];
  for (let rows = -FARTHEST; rows <= FARTHEST; rows++) {
    const strength = Math.abs(correlation(x, y, rows));
    if (strength > most) [best, most] = [rows, strength];
  }
  return best;
}

export const lag: Hypothesis = (pair) => {
  if (pair.a.length < 20) return [];
  const found = new Set([byValues(pair), byChanges(pair)]);
  found.delete(0);
  return [...found].map((rows): Explanation => {
    const many = Math.abs(rows);
    return {
      cause: rows > 0 ? 'lag' : 'lead',
      text: `A ${many} row${many === 1 ? '' : 's'} ${rows > 0 ? 'late' : 'early: it looks ahead'}`,
      cost: 1 + many / 1000,
      canLead: true,
      lacks: rows > 0 ? [many, 0] : [0, many],
      predict: (a) => shifted(a, rows),
    };
  });
};
