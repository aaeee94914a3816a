import { operator, period } from '../../contract/operator.ts';

/**
 * Least-squares line through the window: its slope, and its height at the oldest row, at the newest and one row further.
 * Values are taken as distances from their mean, whose rounding the second pass takes out, so that neither the level
 * nor the length of the window costs digits. A window of equal values has slope 0 exactly. `linearreg` and its kin share it.
 *
 * Cost: 2 ns per row of the window.
 */
export const linearFit = operator({
  name: 'linear_fit',
  family: 'statistic',
  version: 1,
  summary: 'Least-squares line through the window: slope, height at both ends and one row further',
  formula: 'slope = sum(t * (x - mean)) / sum(t^2), t = row less the middle row; height = mean + slope * t',
  source: 'Draper, Smith: Applied Regression Analysis (1998), 1.2; TA-Lib LINEARREG',
  inputs: ['x'],
  outputs: ['slope', 'oldest', 'newest', 'next'],
  params: [period(2)],
  lookback: ([n]) => n - 1,
  memory: ([n]) => ({ class: 'finite', rows: n }),
  nan: 'window',
  history: ([n]) => n - 1,
  slots: () => 0,
  run: ({ in: { 0: x }, out: { 0: slopeOut, 1: oldestOut, 2: newestOut, 3: nextOut }, params: { 0: n } }, from, to) => {
    const half = (n - 1) / 2;
    const squares = (n * (n * n - 1)) / 12;
    for (let i = from; i < to; i++) {
      const start = i - n + 1;
      const origin = x[start];
      let above = 0;
      for (let k = start + 1; k <= i; k++) above += x[k] - origin;
      const level = origin + above / n;
      let rest = 0;
      let moment = 0;
      for (let k = start; k <= i; k++) {
        const d = x[k] - level;
        rest += d;
        moment += (k - start - half) * d;
      }
      const slope = moment / squares;
      const mean = rest / n;
      slopeOut[i] = slope;
      oldestOut[i] = level + (mean - slope * half);
      newestOut[i] = level + (mean + slope * half);
      nextOut[i] = level + (mean + slope * (half + 1));
    }
  },
});
