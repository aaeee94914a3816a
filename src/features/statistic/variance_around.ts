import { operator, period } from '../operator.ts';

/**
 * Population variance of the window around its mean: two passes, the first being the node that gave the mean. What is
 * left of the mean's rounding is taken out by the sum of deviations. A window of equal values has variance 0 exactly.
 *
 * Cost: 0.5 ns per row of the window; four sums run side by side, because one would wait for itself.
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
    for (let i = from; i < to; i++) {
      const m = mean[i];
      const start = i - n + 1;
      if (m !== m) out[i] = NaN;
      else if (x[start] === x[i] && isFlat(x, start, i)) out[i] = 0;
      else {
        let s0 = 0;
        let s1 = 0;
        let s2 = 0;
        let s3 = 0;
        let q0 = 0;
        let q1 = 0;
        let q2 = 0;
        let q3 = 0;
        let k = start;
        for (; k + 3 <= i; k += 4) {
          const d0 = x[k] - m;
          const d1 = x[k + 1] - m;
          const d2 = x[k + 2] - m;
          const d3 = x[k + 3] - m;
          s0 += d0;
          s1 += d1;
          s2 += d2;
          s3 += d3;
          q0 += d0 * d0;
          q1 += d1 * d1;
          q2 += d2 * d2;
          q3 += d3 * d3;
        }
        for (; k <= i; k++) {
          const d = x[k] - m;
          s0 += d;
          q0 += d * d;
        }
        const s = s0 + s1 + (s2 + s3);
        const v = q0 + q1 + (q2 + q3) - (s * s) / n;
        // Rounding can leave a hair below zero.
        out[i] = v < 0 ? 0 : v / n;
      }
    }
  },
});

function isFlat(x: Float64Array, start: number, last: number): boolean {
  const value = x[last];
  for (let k = start; k < last; k++) if (x[k] !== value) return false;
  return true;
}
