import { operator, period } from '../../contract/operator.ts';

/**
 * How two columns vary together: regression coefficient of y on x and correlation, both 0 where a divisor is 0. Values are
 * taken as distances from their means, whose rounding the second pass takes out. A window of equal values has no spread,
 * exactly. The rests are what rounding left of x and y where these were computed, else 0. `beta` and `correl` are made of it.
 *
 * Cost: 4 ns per row of the window.
 */
export const jointSpread = operator({
  name: 'joint_spread',
  family: 'statistic',
  version: 1,
  summary: 'Regression coefficient of y on x, and their correlation',
  formula: 'beta = cov(x, y) / var(x); correlation = cov(x, y) / sqrt(var(x) * var(y)); 0 where the divisor is 0',
  source: 'Chan, Golub, LeVeque: Algorithms for Computing the Sample Variance (1983)',
  inputs: ['x', 'y', 'x_rest', 'y_rest'],
  outputs: ['beta', 'correlation'],
  params: [period(1)],
  lookback: ([n]) => n - 1,
  memory: ([n]) => ({ class: 'finite', rows: n }),
  nan: 'window',
  history: ([n]) => n - 1,
  slots: () => 0,
  run: (
    { in: { 0: x, 1: y, 2: restOfX, 3: restOfY }, out: { 0: betaOut, 1: correlationOut }, params: { 0: n } },
    from,
    to,
  ) => {
    for (let i = from; i < to; i++) {
      const start = i - n + 1;
      const originX = x[start];
      const originY = y[start];
      let aboveX = 0;
      let aboveY = 0;
      for (let k = start + 1; k <= i; k++) {
        aboveX += x[k] - originX;
        aboveY += y[k] - originY;
      }
      const flat = isFlat(x, restOfX, start, i) || isFlat(y, restOfY, start, i);
      const levelX = originX + aboveX / n;
      const levelY = originY + aboveY / n;
      let restX = 0;
      let restY = 0;
      let xx = 0;
      let yy = 0;
      let xy = 0;
      for (let k = start; k <= i; k++) {
        const dx = x[k] - levelX + restOfX[k];
        const dy = y[k] - levelY + restOfY[k];
        restX += dx;
        restY += dy;
        xx += dx * dx;
        yy += dy * dy;
        xy += dx * dy;
      }
      xx -= (restX * restX) / n;
      yy -= (restY * restY) / n;
      xy -= (restX * restY) / n;
      // 0 unless a value is NaN.
      const none = xy - xy;
      const both = flat ? 0 : Math.sqrt(xx) * Math.sqrt(yy);
      const correlation = both > 0 ? xy / both : none;
      betaOut[i] = xx > 0 && !flat ? xy / xx : none;
      correlationOut[i] = correlation > 1 ? 1 : correlation < -1 ? -1 : correlation;
    }
  },
});

function isFlat(x: Float64Array, rest: Float64Array, start: number, last: number): boolean {
  for (let k = last - 1; k >= start; k--) if (x[k] !== x[last] || rest[k] !== rest[last]) return false;
  return true;
}
