import { operator, period } from '../../contract/operator.ts';
import { isPeak } from '../../kernels/extreme.ts';

/**
 * Flag of the bar that confirms a fractal low: no low among the `wing` bars before and after it is below it (of equals, the
 * first is taken). It stands `wing` bars before the flag; its price is `lag(low, wing)` there.
 *
 * Cost: about 100 ns a row.
 */
export const fractalLow = operator({
  name: 'fractal_low',
  family: 'structure',
  version: 1,
  summary: 'Fractal low, known wing bars later',
  formula: 'low[i-wing] is the lowest of low[i-2*wing], ..., low[i] and the first of equals',
  source: 'Williams: Trading Chaos (1995)',
  inputs: ['low'],
  outputs: ['value'],
  params: [{ ...period(1, 'bars on each side', 'wing'), max: 1000, default: 2 }],
  lookback: ([wing]) => 2 * wing,
  memory: ([wing]) => ({ class: 'finite', rows: 2 * wing + 1 }),
  nan: 'window',
  history: ([wing]) => 2 * wing,
  slots: () => 1,
  run: ({ in: { 0: x }, out: { 0: out }, params: { 0: wing }, state }, from, to) => {
    const rows = 2 * wing + 1;
    // Rows without NaN up to now.
    let clean = state[0];
    for (let i = from; i < to; i++) {
      clean = x[i] === x[i] ? Math.min(clean + 1, rows) : 0;
      out[i] = clean < rows ? NaN : isPeak(x, i - wing, wing, -1) ? 1 : 0;
    }
    state[0] = clean;
  },
});
