import { centralSquares } from '../../../base/central.ts';
import { operator, period } from '../../contract/operator.ts';

/**
 * Population variance of the window around its mean: two passes, the first being the node that gave the mean. What is
 * left of the mean's rounding is taken out by the sum of deviations. A window of equal values has variance 0 exactly.
 *
 * Cost: 0.5 ns per row of the window.
 */
export const varianceAround = operator({
  name: 'variance_around',
  family: 'statistic',
  version: 1,
  summary: 'Population variance of the window, given its mean',
  formula: '(sum of d^2 - (sum of d)^2 / period) / period with d = x - mean',
  source: 'Chan, Golub, LeVeque: Algorithms for Computing the Sample Variance (1983)',
  inputs: ['x', 'mean'],
  outputs: ['value'],
  params: [period(1)],
  lookback: ([n]) => n - 1,
  memory: ([n]) => ({ class: 'finite', rows: n }),
  rowsRead: ([n]) => [n, 1],
  nan: 'window',
  history: ([n]) => n - 1,
  slots: () => 0,
  run: ({ in: { 0: x, 1: mean }, out: { 0: out }, params: { 0: n } }, from, to) => {
    for (let i = from; i < to; i++) out[i] = centralSquares(x, i - n + 1, i + 1, mean[i]) / n;
  },
  instruction: { name: 'variance_around' },
});
