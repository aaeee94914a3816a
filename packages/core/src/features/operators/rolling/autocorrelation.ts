import { operator, period } from '../../contract/operator.ts';

/**
 * Correlation of the last period values with those `lag` rows before them, both from within the window: period - lag pairs.
 *
 * Cost: about 170 ns a row for 20 rows.
 */
export const autocorrelation = operator({
  name: 'autocorrelation',
  family: 'rolling',
  version: 1,
  summary: 'Rolling autocorrelation',
  formula: 'Pearson correlation of x[k] and x[k-lag], k = i-period+1+lag ... i',
  source: 'pandas Series.autocorr over a rolling window',
  inputs: ['x'],
  outputs: ['value'],
  params: [period(3), { ...period(1, 'rows between the two', 'lag'), default: 1 }],
  lookback: ([n]) => n - 1,
  memory: ([n]) => ({ class: 'finite', rows: n }),
  nan: 'window',
  undefinedWhen: 'one of the two parts of the window is constant',
  check: ([n, lag]) => (n - lag < 2 ? 'lag to be at most period - 2' : undefined),
  history: ([n]) => n - 1,
  slots: () => 0,
  run: ({ in: { 0: x }, out: { 0: out }, params: { 0: n, 1: lag } }, from, to) => {
    const pairs = n - lag;
    for (let i = from; i < to; i++) {
      const start = i - pairs + 1;
      let now = 0;
      let then = 0;
      let nowFlat = true;
      let thenFlat = true;
      for (let k = start; k <= i; k++) {
        now += x[k];
        then += x[k - lag];
        if (x[k] !== x[i]) nowFlat = false;
        if (x[k - lag] !== x[i - lag]) thenFlat = false;
      }
      // With a lag of more than half the window, the rows between the two parts are in no pair, but a NaN there counts.
      let between = 0;
      for (let k = i - n + 1; k <= i; k++) between += x[k] * 0;
      now /= pairs;
      then /= pairs;
      let cross = 0;
      let nows = 0;
      let thens = 0;
      for (let k = start; k <= i; k++) {
        const a = x[k] - now;
        const b = x[k - lag] - then;
        cross += a * b;
        nows += a * a;
        thens += b * b;
      }
      const size = Math.sqrt(nows) * Math.sqrt(thens);
      const value = cross / size + between;
      out[i] = nowFlat || thenFlat || value - value !== 0 ? NaN : Math.max(-1, Math.min(1, value));
    }
  },
});
