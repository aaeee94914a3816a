import { operator } from '../../contract/operator.ts';

/**
 * How far `x` is below the top of a range, in percent of it, counted negative; 0 where bottom and top are equal. Of
 * an `x` between them the share is at most 1 and the percentage no less than -100, whatever is rounded.
 *
 * Cost: 2 ns a row.
 */
export const rangeDistance = operator({
  name: 'range_distance',
  family: 'momentum',
  version: 2,
  summary: 'Distance from the top of a range, 0 to -100 percent',
  formula: '-100 * (top - x) / (top - bottom), 0 where top = bottom',
  source: 'last step of TA-Lib WILLR',
  inputs: ['x', 'bottom', 'top'],
  outputs: ['value'],
  params: [],
  lookback: () => 0,
  memory: () => ({ class: 'finite', rows: 1 }),
  nan: 'window',
  history: () => 0,
  slots: () => 0,
  run: ({ in: { 0: x, 1: bottom, 2: top }, out: { 0: out } }, from, to) => {
    for (let i = from; i < to; i++) {
      const range = top[i] - bottom[i];
      const below = top[i] - x[i];
      // below - below is 0 unless it is NaN.
      out[i] = range === 0 ? below - below : -100 * (below / range);
    }
  },
  instruction: { name: 'range_distance' },
});
