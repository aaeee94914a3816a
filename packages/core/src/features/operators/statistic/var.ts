import { composite, period } from '../../contract/operator.ts';

/**
 * Population variance of the window, within 1e-12 of exact arithmetic. TA-Lib takes the difference of two running sums,
 * which loses all digits when the spread is small against the level.
 *
 * Cost: that of `sma` and `variance_around`, about 15 ns a row for 20 rows; the mean is shared with `sma(x, period)`.
 */
export const var_ = composite({
  name: 'var',
  family: 'statistic',
  version: 1,
  summary: 'Population variance',
  formula: 'mean((x - mean(x))^2) over period rows',
  source: 'TA-Lib VAR',
  inputs: ['x'],
  outputs: ['value'],
  params: [period(1)],
  lookback: ([n]) => n - 1,
  memory: ([n]) => ({ class: 'finite', rows: n }),
  nan: 'window',
  expand: ['variance_around(x, sma(x, period), period)'],
});
