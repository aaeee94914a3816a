import { operator, period } from '../../contract/operator.ts';

/** TA-Lib takes a slow average nearer to 0 than this for 0. */
const ZERO = 1e-14;

/**
 * The shorter of two averages less the longer, and in percent of the longer: 0 where that is 0. The periods say which is
 * the shorter.
 *
 * Cost: 4 ns a row.
 */
export const averageGap = operator({
  name: 'average_gap',
  family: 'momentum',
  version: 1,
  summary: 'Shorter average less the longer one, absolute and in percent',
  formula: 'gap = fast - slow; percent = 100 * (fast - slow) / slow, 0 where |slow| < 1e-14',
  source: 'last step of TA-Lib APO and PPO',
  inputs: ['a', 'b'],
  outputs: ['gap', 'percent'],
  params: [period(1, 'rows of average a', 'rows_a'), period(1, 'rows of average b', 'rows_b')],
  lookback: () => 0,
  memory: () => ({ class: 'finite', rows: 1 }),
  nan: 'window',
  history: () => 0,
  slots: () => 0,
  run: ({ in: { 0: a, 1: b }, out: { 0: gap, 1: percent }, params: { 0: rowsA, 1: rowsB } }, from, to) => {
    const fast = rowsB < rowsA ? b : a;
    const slow = rowsB < rowsA ? a : b;
    for (let i = from; i < to; i++) {
      const base = slow[i];
      const difference = fast[i] - base;
      gap[i] = difference;
      // difference - difference is 0 unless it is NaN.
      percent[i] = base < ZERO && base > -ZERO ? difference - difference : (difference / base) * 100;
    }
  },
});
