/** B holds an older value of A for some rows: a coarse clock, a cache, a feed that stood still. */
import type { Explanation, Hypothesis, Pair } from '../measures/pair.ts';
import { isSame } from '../measures/pair.ts';
import { medianOf, pick } from '../measures/robust.ts';

/** A where B changes, or the row before; held until it changes again. */
function holding(a: Float64Array, b: Float64Array, late: 0 | 1): Float64Array {
  let last = NaN;
  return a.map((x, i) => {
    if (i === 0 || !isSame(b[i], b[i - 1])) last = late === 1 && i > 0 ? a[i - 1] : x;
    return last;
  });
}

/** Rows between two changes of B, of the middle one. */
function lengthOf(b: Float64Array): number {
  const at: number[] = [];
  for (let i = 1; i < b.length; i++) if (!isSame(b[i], b[i - 1])) at.push(i);
  return medianOf(pick(Float64Array.from(at.slice(1), (row, i) => row - at[i])));
}

export const held: Hypothesis = ({ a, b }: Pair): readonly Explanation[] => {
  let [still, moves] = [0, 0];
  for (let i = 1; i < b.length; i++)
    if (isSame(b[i], b[i - 1]) && b[i] === b[i]) {
      still++;
      if (!isSame(a[i], a[i - 1])) moves++;
    }
  if (moves < 3) return [];
  const rows = lengthOf(b);
  const isBlocks = still > 0.3 * b.length && rows >= 2;
  const text = isBlocks
    ? `a value of A that is renewed every ${rows} rows and held between`
    : 'an older value of A, held for some rows';
  return ([0, 1] as const).map((late) => ({
    cause: 'held',
    text: late === 1 ? `${text}, one row late` : text,
    cost: 1.2 + late / 100,
    canLead: false,
    lacks: [late, 0] as const,
    predict: (from: Float64Array, to: Float64Array) => holding(from, to, late),
  }));
};
