import { operator } from '../../contract/operator.ts';

/** Longest cycle. */
const LONGEST = 50;

/**
 * Mean of the last cycle of values, its length rounded to rows: what moves with the cycle is averaged out.
 *
 * Cost: 2 ns a row for each row of the cycle.
 */
export const cycleMean = operator({
  name: 'cycle_mean',
  family: 'cycle',
  version: 1,
  summary: 'Mean over the length of the dominant cycle',
  formula: '(x[i-n+1] + ... + x[i]) / n with n = length[i], rounded, 1 to 50',
  source: 'inner part of TA-Lib HT_TRENDLINE',
  inputs: ['x', 'length'],
  outputs: ['value'],
  params: [],
  lookback: () => 0,
  memory: () => ({ class: 'finite', rows: LONGEST }),
  nan: 'window',
  undefinedWhen: 'the length reaches back before the first row',
  history: () => LONGEST - 1,
  slots: () => 0,
  run: ({ in: { 0: x, 1: length }, out: { 0: out } }, from, to) => {
    // Two rows at a time, the last one twice where it is left over: each addition waits for the one before it.
    for (let i = from; i < to; i += 2) {
      const j = i + 1 < to ? i + 1 : i;
      const n = rows(length[i]);
      const nextN = rows(length[j]);
      let sum = 0;
      let nextSum = 0;
      let k = 0;
      for (const both = Math.min(n, nextN); k < both; k++) {
        sum += x[i - k];
        nextSum += x[j - k];
      }
      for (let rest = k; rest < n; rest++) sum += x[i - rest];
      for (let rest = k; rest < nextN; rest++) nextSum += x[j - rest];
      out[i] = sum / n;
      out[j] = nextSum / nextN;
    }
  },
  instruction: { name: 'cycle_mean' },
});

/** Rows that a cycle of this length is averaged over; NaN of NaN. */
function rows(length: number): number {
  return Math.max(1, Math.min(LONGEST, Math.floor(length + 0.5)));
}
