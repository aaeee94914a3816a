import { operator, period } from '../../contract/operator.ts';
import { slideSorted, sortedSlots } from '../../kernels/sorted-window.ts';

/**
 * Quantile of the last period values, interpolated between its neighbours. The window is kept sorted; the value
 * depends on it alone.
 *
 * Cost: about 80 ns a row for 20 rows, 370 for 200.
 */
export const rollingQuantile = operator({
  name: 'rolling_quantile',
  family: 'rolling',
  version: 1,
  summary: 'Rolling quantile',
  formula: 's[k] + (s[k+1] - s[k]) * (q (period-1) - k), s the sorted window, k = floor(q (period-1))',
  source: 'pandas Series.rolling.quantile, linear interpolation',
  inputs: ['x'],
  outputs: ['value'],
  params: [period(1), { name: 'q', min: 0, max: 1, integer: false, meaning: 'share of the values below' }],
  lookback: ([n]) => n - 1,
  memory: ([n]) => ({ class: 'finite', rows: n }),
  nan: 'window',
  history: ([n]) => n,
  slots: ([n]) => sortedSlots(n),
  run: ({ in: { 0: x }, out: { 0: out }, params: { 0: n, 1: q }, state }, from, to) => {
    const place = q * (n - 1);
    const below = Math.floor(place);
    const share = place - below;
    for (let i = from; i < to; i++) {
      const held = slideSorted(state, x[i], x[i - n]);
      const low = state[1 + below];
      if (held < n) out[i] = NaN;
      else out[i] = share === 0 ? low : low + (state[2 + below] - low) * share;
    }
  },
});
