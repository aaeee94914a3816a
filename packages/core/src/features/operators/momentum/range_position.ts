import { operator } from '../../contract/operator.ts';

/**
 * Where `x` stands between a bottom and a top, in percent; 0 where they are equal. Of an `x` between them the share is at most 1
 * and the percentage at most 100, whatever is rounded.
 *
 * Cost: 2 ns a row.
 */
export const rangePosition = operator({
  name: 'range_position',
  family: 'momentum',
  version: 2,
  summary: 'Place within a range, in percent',
  formula: '100 * (x - bottom) / (top - bottom), 0 where top = bottom',
  source: 'first step of TA-Lib STOCH',
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
      const above = x[i] - bottom[i];
      // above - above is 0 unless it is NaN.
      out[i] = range === 0 ? above - above : 100 * (above / range);
    }
  },
  instruction: { name: 'range_position' },
});
