import { composite, period } from '../../contract/operator.ts';

/**
 * Population standard deviation of the window times `nbdev`. TA-Lib gives 0 where the variance is below 1e-14, so for
 * all prices near 1e-8; here small variances keep their value.
 *
 * Cost: that of `var` and a root.
 */
export const stddev = composite({
  name: 'stddev',
  family: 'statistic',
  version: 1,
  summary: 'Population standard deviation',
  formula: 'nbdev * sqrt(mean((x - mean(x))^2)) over period rows',
  source: 'TA-Lib STDDEV',
  inputs: ['x'],
  outputs: ['value'],
  params: [
    period(2),
    { name: 'nbdev', min: -1e9, max: 1e9, integer: false, default: 1, meaning: 'deviations in the result' },
  ],
  lookback: ([n]) => n - 1,
  memory: ([n]) => ({ class: 'finite', rows: n }),
  nan: 'window',
  expand: ['scaled_root(var(x, period), nbdev)'],
});
