import { composite, period } from '../../contract/operator.ts';

/**
 * How much y moves when x moves: regression coefficient of y's row-to-row returns on those of x; 0 where x's do not vary.
 * Returns have twice the digits of a double: two that are nearly the same would lose theirs to the rounding of each.
 *
 * Cost: that of `joint_spread` and two `exact_return`.
 */
export const beta = composite({
  name: 'beta',
  family: 'statistic',
  version: 1,
  summary: 'Beta: regression coefficient of the returns of y on those of x',
  formula: 'cov(rx, ry) / var(rx) over period rows, r[i] = (x[i] - x[i-1]) / x[i-1]',
  source: 'TA-Lib BETA',
  inputs: ['x', 'y'],
  outputs: ['value'],
  params: [period(1, 'returns in the window')],
  lookback: ([n]) => n,
  memory: ([n]) => ({ class: 'finite', rows: n + 1 }),
  nan: 'window',
  expand: [
    'joint_spread(exact_return(x).rounded, exact_return(y).rounded, exact_return(x).rest, exact_return(y).rest, period).beta',
  ],
});
