import { operator, period } from '../../contract/operator.ts';
import { slideSorted, sortedSlots } from '../../kernels/sorted-window.ts';

/**
 * Percentile of the last period values by nearest rank: always one of them, where `rolling_quantile` interpolates. The window is kept
 * sorted; the value depends on it alone.
 *
 * Cost: about 80 ns a row for 20 rows, 370 for 200.
 */
export const percentile = operator({
  name: 'percentile',
  family: 'statistic',
  version: 1,
  summary: 'Percentile by nearest rank',
  formula: 's[ceil(percentile * period / 100)] of the sorted window s, counted from 1, at least the first',
  source: 'TA-Lib PERCENTILE',
  inputs: ['x'],
  outputs: ['value'],
  params: [
    period(2),
    { name: 'percentile', min: 0, max: 100, integer: false, meaning: 'percent of the values at most' },
  ],
  lookback: ([n]) => n - 1,
  memory: ([n]) => ({ class: 'finite', rows: n }),
  nan: 'window',
  history: ([n]) => n,
  slots: ([n]) => sortedSlots(n),
  run: ({ in: { 0: x }, out: { 0: out }, params: { 0: n, 1: percent }, state }, from, to) => {
    // Multiplied first: the quotient of a round percentage is not exact, and its rank would be one too high.
    const rank = Math.max(1, Math.ceil((percent * n) / 100));
    for (let i = from; i < to; i++) {
      const held = slideSorted(state, x[i], x[i - n]);
      out[i] = held < n ? NaN : state[rank];
    }
  },
});
