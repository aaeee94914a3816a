import { log } from '../../../base/elementary/index.ts';
import { operator, period } from '../../contract/operator.ts';

/** Of a bin: how far below an edge a value still lies on it. Far above rounding, far below what anyone means by a bin. */
const ON_EDGE = 1 / 1048576;
/** Of the largest value: what the decimal values of a window, their differences and places may be off by for being doubles. */
const ROUNDING = 8.9e-16;

/**
 * Shannon entropy of the values of the window over equal bins between its lowest and highest value, in nats: 0 if one bin holds
 * all, log(bins) if all hold alike. An edge belongs to the bin above it, the highest value to the last bin. Prices stand on a
 * grid, so that many lie exactly on an edge while their doubles lie a hair above or below: what is closer below an edge than a
 * millionth of a bin, or than rounding can tell, lies on it. The same steps thus have the same entropy at any price.
 *
 * Cost: about 300 ns a row for 20 rows and 10 bins.
 */
export const entropy = operator({
  name: 'entropy',
  family: 'structure',
  version: 2,
  summary: 'Shannon entropy of the window',
  formula:
    '-sum of p log(p), p: share of the window in each of `bins` equal bins [edge, edge) from its minimum to its maximum',
  source: 'Shannon: A Mathematical Theory of Communication (1948)',
  inputs: ['x'],
  outputs: ['value'],
  params: [period(1), { ...period(1, 'bins', 'bins'), max: 1000, default: 10 }],
  lookback: ([n]) => n - 1,
  memory: ([n]) => ({ class: 'finite', rows: n }),
  nan: 'window',
  history: ([n]) => n - 1,
  // Counts of the bins, room to count in.
  slots: ([, bins]) => bins,
  run: ({ in: { 0: x }, out: { 0: out }, params: { 0: n, 1: bins }, state }, from, to) => {
    const most = log(bins);
    for (let i = from; i < to; i++) {
      let low = x[i];
      let high = x[i];
      for (let k = i - n + 1; k < i; k++) {
        // A NaN stays, because Math.min and Math.max keep it.
        low = Math.min(low, x[k]);
        high = Math.max(high, x[k]);
      }
      const scale = bins / (high - low);
      if (!(scale < Infinity)) {
        out[i] = low - low;
        continue;
      }
      const near = Math.max(ON_EDGE, Math.min(0.5, Math.max(high, -low) * ROUNDING * scale));
      state.fill(0);
      for (let k = i - n + 1; k <= i; k++) state[Math.min(bins - 1, Math.floor((x[k] - low) * scale + near))]++;
      let sum = 0;
      for (let b = 0; b < bins; b++) if (state[b] > 0) sum -= (state[b] / n) * log(state[b] / n);
      out[i] = Math.min(sum, most);
    }
  },
});
